using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using ScaleAndTranslate = ModelBuild.Compiler.Graph.Operations.ScaleAndTranslate;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="ScaleAndTranslate"/> on numbers of any type.</summary>
internal static class ScaleAndTranslateReference
{
    public static Tensor Run(ScaleAndTranslate resize, IReadOnlyList<Tensor> inputs)
    {
        int[] output = Tensors.OutputShape(resize, inputs);
        SamplingKernel kernel = Enum.Parse<SamplingKernel>(resize.Kernel);
        return ResizeReference.Resample(inputs[0], output, Weights(1), Weights(2));

        AxisWeights Weights(int axis) => Kernels.ScaleAndTranslate.Weights(
            kernel, inputs[0].Shape[axis], output[axis], inputs[2].Elements<float>()[axis - 1], inputs[3].Elements<float>()[axis - 1],
            resize.Antialias);
    }
}
