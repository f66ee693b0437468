namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>One value everywhere: shape (integers), value -> that shape.</summary>
public sealed record Fill : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireRank(inputs[1], 0, "the value that fills");
        return [(inputs[1].Type, Inference.ShapeOf(inputs[0]))];
    }
}
