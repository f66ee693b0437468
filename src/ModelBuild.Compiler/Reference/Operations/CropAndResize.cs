using ModelBuild.Compiler.Graph;
using CropAndResize = ModelBuild.Compiler.Graph.Operations.CropAndResize;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="CropAndResize"/> on numbers of any type.</summary>
internal static class CropAndResizeReference
{
    public static Tensor Run(CropAndResize crop, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Real(inputs[0].Type, new Work(crop, inputs, Tensors.OutputShape(crop, inputs)));

    private sealed record Work(CropAndResize Crop, IReadOnlyList<Tensor> Inputs, int[] Output) : IRealWork<Tensor>
    {
        Tensor IRealWork<Tensor>.Run<T>() => Tensors.Floats(Output, elements => Kernels.CropAndResize.Run(
            Inputs[0].Elements<T>(), Inputs[0].Shape.Dimensions, Inputs[1].Elements<float>(), Inputs[2].Elements<int>(), Crop.Nearest,
            Crop.Outside, elements, Output[1], Output[2]));
    }
}
