using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using MatrixDiag = ModelBuild.Compiler.Graph.Operations.MatrixDiag;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="MatrixDiag"/>.</summary>
internal static class MatrixDiagReference
{
    public static Tensor Run(MatrixDiag diag, IReadOnlyList<Tensor> inputs)
    {
        int[] shape = Tensors.OutputShape(diag, inputs);
        DiagonalBand band = diag.Alignment.Band(shape[^2], shape[^1], Tensors.Integers(inputs[1]));
        return ElementTypes.Any(inputs[0].Type, new Work(inputs[0], band, inputs[4], shape));
    }

    private sealed record Work(Tensor X, DiagonalBand Band, Tensor Padding, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.MatrixDiag.Run(X.Elements<T>(), Band, Tensors.Single<T>(Padding), elements));
    }
}
