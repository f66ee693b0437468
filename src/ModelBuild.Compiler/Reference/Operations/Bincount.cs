using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Bincount"/>.</summary>
internal static class BincountReference
{
    public static Tensor Run(Bincount bincount, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Number(inputs[2].Type, new Work(bincount, inputs[0], inputs[2], Tensors.OutputShape(bincount, inputs)));

    private sealed record Work(Bincount Bincount, Tensor X, Tensor Weights, int[] Shape) : INumberWork<Tensor>
    {
        Tensor INumberWork<Tensor>.Run<T>() => Tensors.Fill<T>(Weights.Type, Shape, elements => Kernels.Bincount.Run<T, int>(
            Tensors.Integers(X), X.Shape.Rank > 1 ? X.Shape[0] : 1, Weights.Elements<T>(), Bincount.Binary, elements));
    }
}
