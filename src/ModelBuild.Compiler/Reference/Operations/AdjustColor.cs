using ModelBuild.Compiler.Graph;
using AdjustColor = ModelBuild.Compiler.Graph.Operations.AdjustColor;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="AdjustColor"/> on float32.</summary>
internal static class AdjustColorReference
{
    public static Tensor Run(AdjustColor adjust, IReadOnlyList<Tensor> inputs) => Tensors.Floats(inputs[0].Shape.Dimensions, elements =>
        Kernels.AdjustColor.Run(inputs[0].Elements<float>(), inputs[1].Elements<float>()[0], adjust.Hue, elements));
}
