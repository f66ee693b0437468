using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using Spectrogram = ModelBuild.Compiler.Graph.Operations.Spectrogram;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Spectrogram"/>.</summary>
internal static class SpectrogramReference
{
    public static Tensor Run(Spectrogram spectrogram, IReadOnlyList<Tensor> inputs)
    {
        SpectrogramWindow window = new(spectrogram.Window);
        return Tensors.Floats(Tensors.OutputShape(spectrogram, inputs), elements => Kernels.Spectrogram.Run(
            inputs[0].Elements<float>(), inputs[0].Shape[1], window, spectrogram.Stride, spectrogram.Squared, elements,
            new Complex[window.TransformLength]));
    }
}
