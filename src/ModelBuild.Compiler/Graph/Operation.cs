namespace ModelBuild.Compiler.Graph;

/// <summary>
/// What a node computes, with its attributes as record properties; inputs and outputs are the node's. One sealed record an
/// operation, in Graph/Operations/NAME.cs.
/// </summary>
public abstract record Operation
{
    /// <summary>Types and shapes of the outputs, as far as the inputs' shapes and constants determine them.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">The inputs' types or shapes do not fit.</exception>
    public abstract IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs);

    /// <summary>Equal inputs give equal outputs, so that constants may be folded; not so for random numbers.</summary>
    public virtual bool IsPure => true;
}
