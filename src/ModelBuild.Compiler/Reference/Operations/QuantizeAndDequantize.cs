using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using QuantizeAndDequantize = ModelBuild.Compiler.Graph.Operations.QuantizeAndDequantize;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="QuantizeAndDequantize"/>.</summary>
internal static class QuantizeAndDequantizeReference
{
    public static Tensor Run(QuantizeAndDequantize operation, IReadOnlyList<Tensor> inputs)
    {
        QuantizeAndDequantizeSettings settings = new(operation.Bits, operation.IsSigned, operation.NarrowRange, operation.Limits, operation.HalfToEven, operation.Axis);
        return ElementTypes.Floating(inputs[0].Type, new Work(settings, inputs[0], inputs[1], inputs[2]));
    }

    private sealed record Work(QuantizeAndDequantizeSettings Settings, Tensor X, Tensor Minimum, Tensor Maximum) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements => Kernels.QuantizeAndDequantize.Run(
            Settings, X.Elements<T>(), X.Shape.Dimensions, Minimum.Elements<T>(), Maximum.Elements<T>(), elements));
    }
}
