using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="SpaceToBatch"/>.</summary>
internal static class SpaceToBatchReference
{
    public static Tensor Run(SpaceToBatch spaceToBatch, IReadOnlyList<Tensor> inputs)
    {
        int[] block = Tensors.Integers(inputs[1]), paddings = Tensors.Integers(inputs[2]);
        return ElementTypes.Any(inputs[0].Type, new Work(inputs[0], block, paddings, Tensors.OutputShape(spaceToBatch, inputs)));
    }

    private sealed record Work(Tensor X, int[] Block, int[] Paddings, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.SpaceToBatch.Run(X.Elements<T>(), X.Shape.Dimensions, Block, Paddings, elements, Shape));
    }
}
