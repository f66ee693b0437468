using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Unary"/> on numbers of any type.</summary>
internal static class UnaryReference
{
    public static Tensor Run(Unary unary, IReadOnlyList<Tensor> inputs)
    {
        Tensor x = inputs[0];
        if (x.Type.IsComplex) return ComplexNumbers.Run(unary.Function, x);
        string function = unary.Function.ToString();
        return ElementTypes.IsInteger(x.Type)
            ? ElementTypes.Integer(x.Type, new Integer(function, x))
            : ElementTypes.Floating(x.Type, new Floating(function, x));
    }

    private sealed record Integer(string Function, Tensor X) : IIntegerWork<Tensor>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements =>
            UnaryInteger.Run(Enum.Parse<UnaryFunction>(Function), X.Elements<T>(), elements));
    }

    private sealed record Floating(string Function, Tensor X) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements =>
            UnaryFloating.Run(Function, X.Elements<T>(), elements));
    }
}
