namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Adds slices into zeros at coordinate tuples: indices [...,n], updates, shape (integers) -> that shape.</summary>
public sealed record ScatterNd : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape shape = Inference.ShapeOf(inputs[2]);
        TensorScatter.RequireUpdates(shape, inputs[0].Shape, inputs[1].Shape);
        return [(inputs[1].Type, shape)];
    }
}
