using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="MatrixBandPart"/>.</summary>
internal static class MatrixBandPartReference
{
    public static Tensor Run(MatrixBandPart bandPart, IReadOnlyList<Tensor> inputs)
    {
        Tensors.Infer(bandPart, inputs);
        return ElementTypes.Any(inputs[0].Type, new Work(inputs[0], Tensors.Integer(inputs[1]), Tensors.Integer(inputs[2])));
    }

    private sealed record Work(Tensor X, int Lower, int Upper) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements =>
            Kernels.MatrixBandPart.Run(X.Elements<T>(), X.Shape.Dimensions, Lower, Upper, elements));
    }
}
