using System.Buffers.Binary;
using System.Numerics;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Coding;

/// <summary>Writes what <see cref="GroupedLevels"/> and <see cref="ScaledLevels"/> read.</summary>
internal static class LevelsEncoder
{
    /// <summary>Rows of levels in groups, of each the greatest common divisor and what it leaves.</summary>
    /// <param name="levels">-127..127, row after row.</param>
    /// <param name="shape">Dimensions, rows first, as <see cref="RansEncoder.Encode"/> takes them.</param>
    /// <param name="group">Levels of a group; the last of a row may be shorter.</param>
    public static byte[] EncodeGrouped(sbyte[] levels, int[] shape, int group)
    {
        int row = levels.Length / shape[0];
        List<sbyte> steps = [];
        sbyte[] rest = new sbyte[levels.Length];
        for (int start = 0; start < levels.Length; start += row)
        {
            for (int first = start; first < start + row; first += group)
            {
                int end = Math.Min(first + group, start + row);
                int step = Math.Max(1, levels[first..end].Aggregate(0, (divisor, level) => (int)BigInteger.GreatestCommonDivisor(divisor, level)));
                steps.Add((sbyte)step);
                for (int i = first; i < end; i++) rest[i] = (sbyte)(levels[i] / step);
            }
        }
        byte[] codedSteps = RansEncoder.Encode([.. steps], steps.Count);
        byte[] coded = [.. new byte[GroupedLevels.HeaderBytes], .. codedSteps, .. RansEncoder.Encode(rest, shape)];
        BinaryPrimitives.WriteInt32LittleEndian(coded, row);
        BinaryPrimitives.WriteInt32LittleEndian(coded.AsSpan(sizeof(int)), group);
        BinaryPrimitives.WriteInt32LittleEndian(coded.AsSpan(2 * sizeof(int)), codedSteps.Length);
        return coded;
    }

    /// <summary>Levels and scales, for weights that become floats.</summary>
    /// <param name="levels">[outputs][inputs].</param>
    /// <param name="shape">Dimensions, outputs first.</param>
    /// <param name="scales">One an output.</param>
    /// <param name="group">Levels of a row in a group, or 0 for no groups.</param>
    public static byte[] EncodeScaled(sbyte[] levels, int[] shape, float[] scales, int group)
    {
        byte[] codedLevels = group > 0 ? EncodeGrouped(levels, shape, group) : RansEncoder.Encode(levels, shape);
        byte[] coded = [.. new byte[ScaledLevels.HeaderBytes + scales.Length * sizeof(float)], .. codedLevels];
        BinaryPrimitives.WriteInt32LittleEndian(coded, scales.Length);
        coded[sizeof(int)] = group > 0 ? (byte)1 : (byte)0;
        for (int o = 0; o < scales.Length; o++)
            BinaryPrimitives.WriteSingleLittleEndian(coded.AsSpan(ScaledLevels.HeaderBytes + o * sizeof(float)), scales[o]);
        return coded;
    }

    /// <summary>Floats as halves, to the nearest; null where one is too large for that.</summary>
    public static byte[]? EncodeHalves(ReadOnlySpan<float> values)
    {
        ushort[] bits = new ushort[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Half half = (Half)values[i];
            if (Half.IsInfinity(half) && !float.IsInfinity(values[i])) return null;
            bits[i] = BitConverter.HalfToUInt16Bits(half);
        }
        return RansFloatsEncoder.Encode(bits);
    }
}
