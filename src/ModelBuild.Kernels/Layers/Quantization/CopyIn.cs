using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Entry of the float path, of floats that are ready for the network or of the bytes of a picture, which are preprocessed on
/// the way: see <see cref="PixelPreprocessing"/>.
/// </summary>
internal sealed class CopyIn : IEntry<float>, IEntry<byte>
{
    private readonly FlatBuffer<float> _output;
    private readonly PixelPreprocessing _preprocessing;

    /// <param name="output">The input in the working memory; channels are its last dimension.</param>
    /// <param name="pixelScale">See <see cref="PixelPreprocessing"/>.</param>
    /// <param name="pixelOffset">See <see cref="PixelPreprocessing"/>.</param>
    /// <param name="pixelOrder">See <see cref="PixelPreprocessing"/>.</param>
    public CopyIn(FlatBuffer<float> output, float[] pixelScale, float[] pixelOffset, int[] pixelOrder)
    {
        _output = output;
        _preprocessing = new PixelPreprocessing(output.Shape.Length == 0 ? 1 : output.Shape[^1], pixelScale, pixelOffset, pixelOrder);
    }

    public void Run(ReadOnlySpan<float> source, Workspace workspace) => source.CopyTo(workspace.Elements(_output));

    public void Run(ReadOnlySpan<byte> source, Workspace workspace)
    {
        Span<float> destination = workspace.Elements(_output);
        int channels = _preprocessing.Channels;
        for (int pixel = 0; pixel < destination.Length; pixel += channels)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                destination[pixel + channel] = _preprocessing.ToFloat(source[pixel + _preprocessing.Source(channel)], channel);
            }
        }
    }
}
