using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Entry of the int8 path, of floats that are ready for the network or of the bytes of a picture, whose preprocessing is
/// folded into a table. Bytes give exactly what the floats they stand for would: see <see cref="PixelPreprocessing"/>. Readers subtract
/// the offset again, so that inputs whose zero lies between two bytes, as that of pixels from -1 to 1 does, lose nothing.
/// </summary>
internal sealed class QuantizeImage : IEntry<float>, IEntry<byte>
{
    private readonly ImageBuffer _output;
    private readonly float _inverseScale;
    private readonly float _offset;
    private readonly Requantization _requantization;
    private readonly PixelPreprocessing _preprocessing;
    private readonly byte[] _table;

    /// <param name="output">The image; 1x1 for a vector.</param>
    /// <param name="scale">Scale of the output.</param>
    /// <param name="zeroPoint">Zero point of the output.</param>
    /// <param name="offset">Added before rounding, in steps.</param>
    /// <param name="pixelScale">See <see cref="PixelPreprocessing"/>.</param>
    /// <param name="pixelOffset">See <see cref="PixelPreprocessing"/>.</param>
    /// <param name="pixelOrder">See <see cref="PixelPreprocessing"/>.</param>
    public QuantizeImage(
        ImageBuffer output, float scale, int zeroPoint, float offset, float[] pixelScale, float[] pixelOffset, int[] pixelOrder)
    {
        BufferChecks.Require(scale > 0, "a scale is positive");
        _output = output;
        _inverseScale = 1f / scale;
        _offset = offset;
        _requantization = new Requantization(zeroPoint);
        _preprocessing = new PixelPreprocessing(output.Channels, pixelScale, pixelOffset, pixelOrder);
        _table = BuildTable();
    }

    public void Run(ReadOnlySpan<float> source, Workspace workspace)
    {
        Span<byte> image = workspace.Bytes(_output);
        Quantize.Store(source, image, _output, _inverseScale, _offset, _requantization);
        _output.FillBorder(image);
    }

    public void Run(ReadOnlySpan<byte> source, Workspace workspace)
    {
        Span<byte> image = workspace.Bytes(_output);
        int channels = _output.Channels;
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<byte> table = _table.AsSpan(channel * 256, 256);
            int plane = channel / 4 * _output.Size + _output.Origin;
            int from = _preprocessing.Source(channel);
            for (int y = 0; y < _output.Height; y++)
            {
                int to = (plane + y * _output.Pitch) * 4 + channel % 4;
                for (int x = 0; x < _output.Width; x++, from += channels, to += 4) image[to] = table[source[from]];
            }
        }
        _output.FillBorder(image);
    }

    /// <summary>[channels][256]: what each byte of a picture becomes.</summary>
    private byte[] BuildTable()
    {
        byte[] table = new byte[_output.Channels * 256];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = _requantization.ToByte(_preprocessing.ToFloat((byte)i, i / 256) * _inverseScale + _offset);
        }
        return table;
    }
}
