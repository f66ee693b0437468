using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="GatherNd"/>.</summary>
internal static class GatherNdReference
{
    public static Tensor Run(GatherNd gatherNd, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs[0], inputs[1], Tensors.OutputShape(gatherNd, inputs)));

    private sealed record Work(Tensor X, Tensor Indices, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.GatherNd.Run<T, int>(X.Elements<T>(), X.Shape.Dimensions, Tensors.Integers(Indices), Indices.Shape[-1], 0, elements));
    }
}
