namespace ModelBuild.Compiler.Validation;

/// <summary>How the classes that the compressed model finds differ from those of the float one.</summary>
public sealed record ClassChanges
{
    /// <summary>Samples that both put into the same class, right or wrong.</summary>
    public required int Agreements { get; init; }

    /// <summary>Samples that only the float model has right.</summary>
    public required int Lost { get; init; }

    /// <summary>Samples that only the compressed model has right.</summary>
    public required int Gained { get; init; }

    /// <summary>
    /// Where the difference of the accuracies lies, compressed less float, in percentage points, with 95 % confidence: Wald's interval for
    /// matched pairs with half a sample added to each of the four cells (Agresti and Min, Simple improved confidence intervals for comparing
    /// matched proportions, 2005).
    /// </summary>
    public required Interval Difference { get; init; }

    /// <summary>
    /// Chance of a difference as large as this one if both models were equally good: McNemar's test, exact (Note on the sampling error of
    /// the difference between correlated proportions, 1947).
    /// </summary>
    public required double Chance { get; init; }

    /// <summary>Right classifications by class, where they changed, in the order of the classes.</summary>
    public required IReadOnlyList<ClassChange> Classes { get; init; }

    /// <summary>Confusions whose number changed most, the largest change first.</summary>
    public required IReadOnlyList<ConfusionChange> Confusions { get; init; }
}

/// <summary>Right classifications of a class.</summary>
/// <param name="Name">Of the class.</param>
/// <param name="Samples">That are of the class.</param>
/// <param name="Before">Of these, how many the float model has right.</param>
/// <param name="After">How many the compressed one has.</param>
public sealed record ClassChange(string Name, int Samples, int Before, int After);

/// <summary>Samples of a class that are taken for another.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Found">What they are taken for.</param>
/// <param name="Before">By the float model.</param>
/// <param name="After">By the compressed one.</param>
public sealed record ConfusionChange(string Name, string Found, int Before, int After);
