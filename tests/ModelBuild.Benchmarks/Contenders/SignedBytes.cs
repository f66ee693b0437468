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
            Vector<short> low = Vector.NarrowWithSaturation(Integers(values, i), Integers(values, i + Vector<int>.Count));
            Vector<short> high = Vector.NarrowWithSaturation(Integers(values, i + 2 * Vector<int>.Count), Integers(values, i + 3 * Vector<int>.Count));
            Vector.NarrowWithSaturation(low, high).CopyTo(bytes[i..]);
        }
        for (; i < bytes.Length; i++)
            bytes[i] = (sbyte)Math.Clamp(MathF.Round(values[i] * inverse) + zeroPoint, sbyte.MinValue, sbyte.MaxValue);

        Vector<int> Integers(ReadOnlySpan<float> from, int index) =>
            Vector.ConvertToInt32(Vector.Round(new Vector<float>(from[index..]) * inverse)) + new Vector<int>(zeroPoint);
    }

    /// <summary>The values of bytes; of outputs, which are few.</summary>
    public static void Dequantize(ReadOnlySpan<sbyte> bytes, float scale, int zeroPoint, Span<float> values)
    {
        for (int i = 0; i < bytes.Length; i++) values[i] = scale * (bytes[i] - zeroPoint);
    }
}
