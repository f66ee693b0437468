using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Media;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="DecodeWav"/>.</summary>
internal static class DecodeWavReference
{
    public static IReadOnlyList<Tensor> Run(DecodeWav decode, IReadOnlyList<Tensor> inputs)
    {
        WavFile wav = WavFile.Decode(inputs[0].Elements<byte[]>()[0]);
        int stored = wav.Samples.Length / wav.Channels;
        int count = decode.Samples < 0 ? stored : decode.Samples, channels = decode.Channels < 0 ? wav.Channels : decode.Channels;
        Tensor sound = Tensors.Floats([count, channels], elements =>
        {
            for (int i = 0; i < Math.Min(count, stored) * channels; i++)
            {
                (int sample, int channel) = Math.DivRem(i, channels);
                elements[i] = wav.Samples[sample * wav.Channels + Math.Min(channel, wav.Channels - 1)];
            }
        });
        return [sound, Tensor.Of(Shape.Scalar, [wav.SampleRate])];
    }
}
