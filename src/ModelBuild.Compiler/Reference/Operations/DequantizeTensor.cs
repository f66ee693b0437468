using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using DequantizeTensor = ModelBuild.Compiler.Graph.Operations.DequantizeTensor;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="DequantizeTensor"/>.</summary>
internal static class DequantizeTensorReference
{
    public static Tensor Run(DequantizeTensor dequantize, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Integer(inputs[0].Type, new Work(dequantize, inputs[0], inputs[1], inputs[2]));

    private sealed record Work(DequantizeTensor Operation, Tensor Q, Tensor Minimum, Tensor Maximum) : IIntegerWork<Tensor>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() => Tensors.Floats(Q.Shape.Dimensions, elements => Kernels.DequantizeTensor.Run(
            Enum.Parse<QuantizationMode>(Operation.Scheme.ToString()), Operation.Axis, Operation.NarrowRange,
            Q.Elements<T>(), Q.Shape.Dimensions, Minimum.Elements<float>(), Maximum.Elements<float>(), elements));
    }
}
