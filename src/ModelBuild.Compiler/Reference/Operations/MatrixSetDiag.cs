using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using MatrixSetDiag = ModelBuild.Compiler.Graph.Operations.MatrixSetDiag;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="MatrixSetDiag"/>.</summary>
internal static class MatrixSetDiagReference
{
    public static Tensor Run(MatrixSetDiag set, IReadOnlyList<Tensor> inputs)
    {
        int[] shape = Tensors.OutputShape(set, inputs);
        return ElementTypes.Any(inputs[0].Type, new Work(inputs[0], inputs[1], set.Alignment.Band(shape[^2], shape[^1], Tensors.Integers(inputs[2]))));
    }

    private sealed record Work(Tensor X, Tensor Diagonals, DiagonalBand Band) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements =>
            Kernels.MatrixSetDiag.Run(X.Elements<T>(), Diagonals.Elements<T>(), Band, elements));
    }
}
