using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Cumulative"/>.</summary>
internal static class CumulativeReference
{
    public static Tensor Run(Cumulative cumulative, IReadOnlyList<Tensor> inputs)
    {
        Tensor x = inputs[0];
        int axis = Inference.Axis(Tensors.Integer(inputs[1]), x.Shape.Rank);
        return cumulative.Kind == CumulativeKind.LogSumExp
            ? ElementTypes.Floating(x.Type, new LogSumExp(cumulative, x, axis))
            : ElementTypes.Number(x.Type, new Number(cumulative, x, axis));
    }

    private sealed record Number(Cumulative Cumulative, Tensor X, int Axis) : INumberWork<Tensor>
    {
        Tensor INumberWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements => Kernels.Cumulative.Run(
            Cumulative.Kind == CumulativeKind.Product, X.Elements<T>(), X.Shape.Dimensions, Axis, Cumulative.Exclusive, Cumulative.Reverse, elements));
    }

    private sealed record LogSumExp(Cumulative Cumulative, Tensor X, int Axis) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements =>
            Kernels.CumulativeLogSumExp.Run(X.Elements<T>(), X.Shape.Dimensions, Axis, Cumulative.Exclusive, Cumulative.Reverse, elements));
    }
}
