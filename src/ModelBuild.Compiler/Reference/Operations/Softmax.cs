using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Softmax"/>.</summary>
internal static class SoftmaxReference
{
    public static Tensor Run(Softmax softmax, IReadOnlyList<Tensor> inputs) => inputs[0].Type == DataType.Float32
        ? Tensors.Floats(inputs[0].Shape.Dimensions, elements => SoftmaxFloat.Run(inputs[0].Elements<float>(), elements, inputs[0].Shape[-1]))
        : Run(inputs[0], isLogarithm: false);

    /// <summary>The softmax of floating-point numbers or its logarithm.</summary>
    public static Tensor Run(Tensor x, bool isLogarithm) => ElementTypes.Floating(x.Type, new Work(isLogarithm, x));

    private sealed record Work(bool IsLogarithm, Tensor X) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() =>
            Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements => SoftmaxFloating.Run(X.Elements<T>(), elements, X.Shape[-1], IsLogarithm));
    }
}
