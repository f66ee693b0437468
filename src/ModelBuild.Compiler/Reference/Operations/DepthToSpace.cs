using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="DepthToSpace"/>.</summary>
internal static class DepthToSpaceReference
{
    public static Tensor Run(DepthToSpace depthToSpace, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs[0], depthToSpace.BlockSize, Tensors.OutputShape(depthToSpace, inputs)));

    private sealed record Work(Tensor X, int BlockSize, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.DepthToSpace.Run(X.Elements<T>(), X.Shape.Dimensions, BlockSize, false, elements));
    }
}
