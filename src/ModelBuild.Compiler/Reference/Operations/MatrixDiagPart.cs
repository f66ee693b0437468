using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using MatrixDiagPart = ModelBuild.Compiler.Graph.Operations.MatrixDiagPart;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="MatrixDiagPart"/>.</summary>
internal static class MatrixDiagPartReference
{
    public static Tensor Run(MatrixDiagPart part, IReadOnlyList<Tensor> inputs)
    {
        Tensor x = inputs[0];
        int[] shape = Tensors.OutputShape(part, inputs);
        DiagonalBand band = part.Alignment.Band(x.Shape[-2], x.Shape[-1], Tensors.Integers(inputs[1]));
        return ElementTypes.Any(x.Type, new Work(x, band, inputs[2], shape));
    }

    private sealed record Work(Tensor X, DiagonalBand Band, Tensor Padding, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.MatrixDiagPart.Run(X.Elements<T>(), Band, Tensors.Single<T>(Padding), elements));
    }
}
