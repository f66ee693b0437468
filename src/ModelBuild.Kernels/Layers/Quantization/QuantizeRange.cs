using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Quantises floats (NHWC) by their own range, found in the call: the least scale whose 0..255 covers every value and zero.
/// Values that are not finite do not count; they become the limits, NaN the minimum.
/// </summary>
internal sealed class QuantizeRange : Layer
{
    /// <summary>Below this a scale has no float inverse; every value then counts as zero.</summary>
    private const float SmallestScale = 1e-37f;

    private readonly FlatBuffer<float> _input;
    private readonly ImageBuffer _output;
    private readonly FlatBuffer<float> _range;

    /// <param name="input">[height, width, channels] of the output, or a vector of channels.</param>
    /// <param name="output">The image; everything outside it becomes the zero point.</param>
    /// <param name="range">Receives {scale, zero point}.</param>
    public QuantizeRange(FlatBuffer<float> input, ImageBuffer output, FlatBuffer<float> range)
    {
        BufferChecks.SameLength(output, input);
        BufferChecks.Require(range.Length == 2, "a range is a scale and a zero point");
        _input = input;
        _output = output;
        _range = range;
    }

    public override void Run(Workspace workspace)
    {
        ReadOnlySpan<float> source = workspace.Elements(_input);
        (float scale, int zeroPoint) = Range(source);
        Span<byte> image = workspace.Bytes(_output);
        Quantize.Store(source, image, _output, 1f / scale, 0, new Requantization(zeroPoint));
        _output.FillBorder(image, (byte)zeroPoint, 0, _output.Quads);
        Span<float> range = workspace.Elements(_range);
        range[0] = scale;
        range[1] = zeroPoint;
    }

    /// <summary>Scale and zero point for the values of <paramref name="source"/>.</summary>
    public static (float Scale, int ZeroPoint) Range(ReadOnlySpan<float> source)
    {
        (float minimum, float maximum) = Extremes(source);
        float scale = maximum / 255 - minimum / 255;
        if (scale < SmallestScale) return (1, 0);
        return (scale, Math.Clamp((int)MathF.Round(-minimum / scale), 0, 255));
    }

    /// <summary>The least and the greatest of zero and the finite values of <paramref name="source"/>.</summary>
    private static (float Minimum, float Maximum) Extremes(ReadOnlySpan<float> source)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(source);
        Vector<float> least = Vector<float>.Zero;
        Vector<float> greatest = Vector<float>.Zero;
        foreach (Vector<float> vector in vectors)
        {
            // What is not finite does not give zero when subtracted from itself.
            Vector<float> finite = Vector.ConditionalSelect(
                Vector.Equals(vector - vector, Vector<float>.Zero), vector, Vector<float>.Zero);
            least = Vector.Min(least, finite);
            greatest = Vector.Max(greatest, finite);
        }
        float minimum = 0;
        float maximum = 0;
        for (int i = 0; i < Vector<float>.Count; i++) Include(least[i], greatest[i]);
        foreach (float value in source.Slice(vectors.Length * Vector<float>.Count))
        {
            if (float.IsFinite(value)) Include(value, value);
        }
        return (minimum, maximum);

        void Include(float low, float high)
        {
            minimum = Math.Min(minimum, low);
            maximum = Math.Max(maximum, high);
        }
    }
}
