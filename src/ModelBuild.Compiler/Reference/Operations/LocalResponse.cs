using ModelBuild.Compiler.Graph;
using LocalResponse = ModelBuild.Compiler.Graph.Operations.LocalResponse;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="LocalResponse"/> on float32.</summary>
internal static class LocalResponseReference
{
    public static Tensor Run(LocalResponse norm, IReadOnlyList<Tensor> inputs) => Tensors.Floats(inputs[0].Shape.Dimensions, elements =>
    {
        if (elements.Length > 0)
            Kernels.LocalResponse.Run(inputs[0].Elements<float>(), inputs[0].Shape[3], norm.Radius, norm.Bias, norm.Alpha, norm.Beta, elements);
    });
}
