namespace ModelBuild.Plan;

/// <summary>An input or output of the model.</summary>
/// <param name="Name">Name in the graph, without ":0".</param>
/// <param name="Type">Element type as <see cref="PlanTensor.Type"/>, except "BFloat16", which no caller has.</param>
/// <param name="Shape">Row-major dimensions of one call; the batch is 1.</param>
/// <param name="TakesPixels">A float input that also accepts bytes, with the recorded preprocessing applied.</param>
/// <param name="Remarks">A sentence for the XML documentation: range, units, layout.</param>
public sealed record PlanPort(string Name, string Type, IReadOnlyList<int> Shape, bool TakesPixels, string Remarks)
{
    /// <summary>Number of elements.</summary>
    public int Length => Shape.Aggregate(1, (product, dimension) => product * dimension);
}
