using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Transpose"/>.</summary>
internal static class TransposeReference
{
    public static Tensor Run(Transpose transpose, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs[0], Tensors.Integers(inputs[1]), Tensors.OutputShape(transpose, inputs)));

    private sealed record Work(Tensor X, int[] Permutation, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.Transpose.Run<T>(X.Elements<T>(), X.Shape.Dimensions, Permutation, elements));
    }
}
