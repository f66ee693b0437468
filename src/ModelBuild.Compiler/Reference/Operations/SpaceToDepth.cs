using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="SpaceToDepth"/>.</summary>
internal static class SpaceToDepthReference
{
    public static Tensor Run(SpaceToDepth spaceToDepth, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs[0], spaceToDepth.BlockSize, Tensors.OutputShape(spaceToDepth, inputs)));

    private sealed record Work(Tensor X, int BlockSize, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.SpaceToDepth.Run(X.Elements<T>(), X.Shape.Dimensions, BlockSize, false, elements));
    }
}
