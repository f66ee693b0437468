namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Takes a stack apart: x -> the elements along an axis, which is dropped.</summary>
/// <param name="Axis">The axis; negative from the end.</param>
/// <param name="Count">Number of elements along it.</param>
public sealed record Unpack(int Axis, int Count) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        if (!x.HasRank) return [.. Enumerable.Repeat((inputs[0].Type, x), Count)];
        int axis = Inference.Axis(Axis, x.Rank);
        Inference.Merge(x[axis], Count, $"the size of axis {axis} and the number of elements it is taken apart into");
        return [.. Enumerable.Repeat((inputs[0].Type, Shape.Of([.. x.Dimensions[..axis], .. x.Dimensions[(axis + 1)..]])), Count)];
    }
}
