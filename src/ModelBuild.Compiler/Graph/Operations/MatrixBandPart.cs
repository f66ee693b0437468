namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Keeps a band around the diagonals of matrices, zero elsewhere: x [...,m,n], diagonals below and above the main one (an integer
/// each, negative for all) -> x's shape.
/// </summary>
public sealed record MatrixBandPart : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(!inputs[0].Shape.HasRank || inputs[0].Shape.Rank >= 2, $"{inputs[0].Shape} is no matrix.");
        return [(inputs[0].Type, inputs[0].Shape)];
    }
}
