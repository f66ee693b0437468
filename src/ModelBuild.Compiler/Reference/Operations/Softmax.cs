using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Softmax"/> on float32.</summary>
internal static class SoftmaxReference
{
    public static Tensor Run(Softmax softmax, IReadOnlyList<Tensor> inputs) => Tensors.Floats(
        Tensors.OutputShape(softmax, inputs), elements => SoftmaxFloat.Run(inputs[0].Elements<float>(), elements, inputs[0].Shape[-1]));
}
