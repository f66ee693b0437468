namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Product with constant weights: x [...,k], weights [k,n], optional bias [n] -> [...,n].</summary>
/// <param name="Clamp">Fused activation.</param>
public sealed record FullyConnected(Clamp Clamp) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape x, Shape weights) = (inputs[0].Shape, inputs[1].Shape);
        Inference.RequireRank(inputs[1], 2, "the weights");
        if (!x.HasRank) return [(inputs[0].Type, Shape.UnknownRank)];
        Inference.Merge(x[-1], weights[0], "inner dimensions of a matrix product");
        int[] output = x.ToArray();
        output[^1] = weights[1];
        return [(inputs[0].Type, Shape.Of(output))];
    }
}
