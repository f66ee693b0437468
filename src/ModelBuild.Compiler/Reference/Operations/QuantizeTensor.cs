using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using QuantizeTensor = ModelBuild.Compiler.Graph.Operations.QuantizeTensor;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="QuantizeTensor"/>.</summary>
internal static class QuantizeTensorReference
{
    public static IReadOnlyList<Tensor> Run(QuantizeTensor quantize, IReadOnlyList<Tensor> inputs)
    {
        QuantizeSettings settings = new(Enum.Parse<QuantizationMode>(quantize.Scheme.ToString()), quantize.Axis, quantize.HalfToEven, quantize.NarrowRange, quantize.LeastRange);
        return ElementTypes.Integer(quantize.Type, new Work(quantize.Type, settings, inputs[0], inputs[1], inputs[2]));
    }

    private sealed record Work(DataType Type, QuantizeSettings Settings, Tensor X, Tensor Minimum, Tensor Maximum) : IIntegerWork<IReadOnlyList<Tensor>>
    {
        IReadOnlyList<Tensor> IIntegerWork<IReadOnlyList<Tensor>>.Run<T>()
        {
            float[] usedMinimum = new float[Minimum.Count], usedMaximum = new float[Maximum.Count];
            Tensor integers = Tensors.Fill<T>(Type, X.Shape.Dimensions, elements => Kernels.QuantizeTensor.Run<T>(
                Settings, X.Elements<float>(), X.Shape.Dimensions, Minimum.Elements<float>(), Maximum.Elements<float>(), elements, usedMinimum, usedMaximum));
            return [integers, Tensor.Of(Minimum.Shape, usedMinimum), Tensor.Of(Maximum.Shape, usedMaximum)];
        }
    }
}
