using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="MatMul"/>.</summary>
internal static class MatMulReference
{
    public static Tensor Run(MatMul product, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Number(inputs[0].Type, new Work(product, inputs[0], inputs[1], Tensors.OutputShape(product, inputs)));

    private sealed record Work(MatMul Product, Tensor A, Tensor B, int[] Shape) : INumberWork<Tensor>
    {
        Tensor INumberWork<Tensor>.Run<T>() => Tensors.Fill<T>(A.Type, Shape, elements => Kernels.MatMul.Run<T>(
            A.Elements<T>(), A.Shape.Dimensions, B.Elements<T>(), B.Shape.Dimensions, Product.TransposeA, Product.TransposeB, elements));
    }
}
