using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="MatMul"/>.</summary>
internal static class MatMulReference
{
    public static Tensor Run(MatMul product, IReadOnlyList<Tensor> inputs)
    {
        (Tensor a, Tensor b) = (inputs[0], inputs[1]);
        int[] shape = Tensors.OutputShape(product, inputs);
        return ElementTypes.IsInteger(a.Type)
            ? ElementTypes.Integer(a.Type, new Integer(product, a, b, shape))
            : ElementTypes.Floating(a.Type, new Floating(product, a, b, shape));
    }

    private static Tensor Multiply<T>(MatMul product, Tensor a, Tensor b, int[] shape) where T : unmanaged, System.Numerics.INumberBase<T> =>
        Tensors.Fill<T>(a.Type, shape, elements => Kernels.MatMul.Run<T>(
            a.Elements<T>(), a.Shape.Dimensions, b.Elements<T>(), b.Shape.Dimensions, product.TransposeA, product.TransposeB, elements));

    private sealed record Integer(MatMul Product, Tensor A, Tensor B, int[] Shape) : IIntegerWork<Tensor>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() => Multiply<T>(Product, A, B, Shape);
    }

    private sealed record Floating(MatMul Product, Tensor A, Tensor B, int[] Shape) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() => Multiply<T>(Product, A, B, Shape);
    }
}
