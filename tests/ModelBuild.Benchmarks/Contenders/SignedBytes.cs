using System.Numerics;

namespace ModelBuild.Benchmarks.Contenders;

/// <summary>Quantised values of TensorFlow Lite: real = scale * (q - zeroPoint).</summary>
internal static class SignedBytes
{
    /// <summary>The nearest bytes.</summary>
    public static void Quantize(ReadOnlySpan<float> values, float scale, int zeroPoint, Span<sbyte> bytes)
    {
        float inverse = 1 / scale;
        int i = 0;
        for (; i <= bytes.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector<short> low = Shorts(values[i..]), high = Shorts(values[(i + Vector<short>.Count)..]);
            Vector.NarrowWithSaturation(low, high).CopyTo(bytes[i..]);
        }
        for (; i < bytes.Length; i++)
            bytes[i] = (sbyte)Math.Clamp(MathF.Round(values[i] * inverse) + zeroPoint, sbyte.MinValue, sbyte.MaxValue);

        Vector<short> Shorts(ReadOnlySpan<float> from) => Vector.NarrowWithSaturation(Integers(from), Integers(from[Vector<int>.Count..]));

        Vector<int> Integers(ReadOnlySpan<float> from) =>
            Vector.ConvertToInt32(Vector.Round(new Vector<float>(from) * inverse)) + new Vector<int>(zeroPoint);
    }

    /// <summary>The values of bytes; of outputs, which are few.</summary>
    public static void Dequantize(ReadOnlySpan<sbyte> bytes, float scale, int zeroPoint, Span<float> values)
    {
        for (int i = 0; i < bytes.Length; i++) values[i] = scale * (bytes[i] - zeroPoint);
    }
}
