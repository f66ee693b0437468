using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="ScatterNd"/>.</summary>
internal static class ScatterNdReference
{
    public static Tensor Run(ScatterNd scatter, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Number(inputs[1].Type, new Work(inputs[0], inputs[1], Tensors.OutputShape(scatter, inputs)));

    private sealed record Work(Tensor Indices, Tensor Updates, int[] Shape) : INumberWork<Tensor>
    {
        Tensor INumberWork<Tensor>.Run<T>() => Tensors.Fill<T>(Updates.Type, Shape, elements =>
            Kernels.ScatterNd.Run<T, int>(Tensors.Integers(Indices), Indices.Shape[-1], Updates.Elements<T>(), Shape, elements));
    }
}
