using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Gather"/>.</summary>
internal static class GatherReference
{
    public static Tensor Run(Gather gather, IReadOnlyList<Tensor> inputs)
    {
        (int axis, int batchDimensions) = gather.Resolve(inputs[0].Shape.Rank, inputs[1].Shape.Rank);
        int[] indices = Tensors.Integers(inputs[1]), shape = Tensors.OutputShape(gather, inputs);
        return ElementTypes.Any(inputs[0].Type, new Work(inputs[0], indices, axis, batchDimensions, shape));
    }

    private sealed record Work(Tensor X, int[] Indices, int Axis, int BatchDimensions, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.Gather.Run<T, int>(X.Elements<T>(), X.Shape.Dimensions, Indices, Axis, BatchDimensions, elements));
    }
}
