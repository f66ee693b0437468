using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="BroadcastGradientArgs"/>.</summary>
internal static class BroadcastGradientArgsReference
{
    public static IReadOnlyList<Tensor> Run(BroadcastGradientArgs broadcast, IReadOnlyList<Tensor> inputs)
    {
        DataType type = Tensors.Infer(broadcast, inputs)[0].Type;
        Shape a = Shape.Of(Tensors.Integers(inputs[0])), b = Shape.Of(Tensors.Integers(inputs[1]));
        int rank = Inference.Broadcast(a, b).Rank;
        return [Tensors.Vector(type, Axes(a, b, rank)), Tensors.Vector(type, Axes(b, a, rank))];
    }

    /// <summary>Where the shape has one element (or no axis) beside the other's; TensorFlow also names axes where both have one.</summary>
    private static int[] Axes(Shape shape, Shape other, int rank)
    {
        if (shape.Equals(other)) return [];
        return [.. Enumerable.Range(0, rank).Where(axis => axis < rank - shape.Rank || shape[axis - rank + shape.Rank] == 1)];
    }
}
