using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using FakeQuantize = ModelBuild.Compiler.Graph.Operations.FakeQuantize;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="FakeQuantize"/>.</summary>
internal static class FakeQuantizeReference
{
    public static Tensor Run(FakeQuantize quantize, IReadOnlyList<Tensor> inputs) => Tensors.Floats(inputs[0].Shape.Dimensions, elements => Kernels.FakeQuantize.Run(
        inputs[0].Elements<float>(), inputs[1].Elements<float>(), inputs[2].Elements<float>(), quantize.Bits, quantize.NarrowRange, elements));
}
