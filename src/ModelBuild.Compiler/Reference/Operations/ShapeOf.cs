using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="ShapeOf"/>.</summary>
internal static class ShapeOfReference
{
    public static Tensor Run(ShapeOf shapeOf, IReadOnlyList<Tensor> inputs)
    {
        Shape shape = inputs[0].Shape, length = Shape.Of(shape.Rank);
        return shapeOf.Type == DataType.Int64
            ? new Tensor(DataType.Int64, length, Array.ConvertAll(shape.ToArray(), size => (long)size))
            : Tensor.Of(length, shape.ToArray());
    }
}
