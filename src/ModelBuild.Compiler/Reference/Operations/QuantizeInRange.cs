using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using QuantizeInRange = ModelBuild.Compiler.Graph.Operations.QuantizeInRange;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="QuantizeInRange"/>.</summary>
internal static class QuantizeInRangeReference
{
    public static Tensor Run(QuantizeInRange quantize, IReadOnlyList<Tensor> inputs) => ElementTypes.Integer(quantize.Type, new Work(quantize.Type, inputs[0], inputs[1], inputs[2]));

    private sealed record Work(DataType Type, Tensor X, Tensor Minimum, Tensor Maximum) : IIntegerWork<Tensor>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() => Tensors.Fill<T>(Type, X.Shape.Dimensions, elements =>
            Kernels.QuantizeInRange.Run<T>(X.Elements<float>(), Minimum.Elements<float>()[0], Maximum.Elements<float>()[0], elements));
    }
}
