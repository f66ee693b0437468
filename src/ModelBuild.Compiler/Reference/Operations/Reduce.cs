using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Reduce = ModelBuild.Compiler.Graph.Operations.Reduce;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Reduce"/> on numbers of any type and on booleans.</summary>
internal static class ReduceReference
{
    public static Tensor Run(Reduce reduce, IReadOnlyList<Tensor> inputs)
    {
        Tensor x = inputs[0];
        int[] axes = Tensors.Integers(inputs[1]), shape = Tensors.OutputShape(reduce, inputs);
        if (reduce.Kind is ReduceKind.All or ReduceKind.Any)
            return Tensors.Fill<bool>(x.Type, shape, elements => ReduceLogical.Run(reduce.Kind == ReduceKind.Any, x.Elements<bool>(), x.Shape.Dimensions, axes, elements));
        ReduceFunction function = Enum.Parse<ReduceFunction>(reduce.Kind.ToString());
        return ElementTypes.IsInteger(x.Type)
            ? ElementTypes.Integer(x.Type, new Integer(function, x, axes, shape))
            : ElementTypes.Floating(x.Type, new Floating(function, x, axes, shape));
    }

    private sealed record Integer(ReduceFunction Function, Tensor X, int[] Axes, int[] Shape) : IIntegerWork<Tensor>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            ReduceInteger.Run(Function, X.Elements<T>(), X.Shape.Dimensions, Axes, elements));
    }

    private sealed record Floating(ReduceFunction Function, Tensor X, int[] Axes, int[] Shape) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            ReduceFloating.Run(Function, X.Elements<T>(), X.Shape.Dimensions, Axes, elements));
    }
}
