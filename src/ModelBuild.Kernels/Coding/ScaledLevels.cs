using System;
using System.Buffers.Binary;
using System.IO;

namespace ModelBuild.Kernels;

/// <summary>Weights that are stored in few bits and computed in float: they become floats when a model is loaded.</summary>
internal static class ScaledLevels
{
    /// <summary>Bytes at the beginning: the number of output channels, and 1 where the levels are <see cref="GroupedLevels"/>.</summary>
    public const int HeaderBytes = sizeof(int) + 1;

    /// <summary>Decodes levels and a scale an output channel to their products.</summary>
    /// <param name="coded">The header, a float for each channel, and the levels, [outputs][inputs], coded.</param>
    /// <param name="weights">Receives the products, [inputs][outputs].</param>
    /// <exception cref="InvalidDataException">The coded form is damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> coded, Span<float> weights)
    {
        int outputs = coded.Length < HeaderBytes ? 0 : BinaryPrimitives.ReadInt32LittleEndian(coded);
        if (outputs <= 0 || weights.Length % outputs != 0 || (coded.Length - HeaderBytes) / sizeof(float) < outputs)
            throw new InvalidDataException("The model's weights are damaged: a tensor of levels has wrong lengths.");
        bool isGrouped = coded[sizeof(int)] != 0;
        ReadOnlySpan<byte> scales = coded.Slice(HeaderBytes, outputs * sizeof(float));
        ReadOnlySpan<byte> rest = coded.Slice(HeaderBytes + scales.Length);
        sbyte[] levels = new sbyte[weights.Length];
        if (isGrouped) GroupedLevels.Decode(rest, levels);
        else RansDecoder.Decode(rest, levels);
        int inputs = weights.Length / outputs;
        for (int o = 0; o < outputs; o++)
        {
            float scale = BinaryPrimitives.ReadSingleLittleEndian(scales.Slice(o * sizeof(float)));
            for (int i = 0; i < inputs; i++) weights[i * outputs + o] = levels[o * inputs + i] * scale;
        }
    }

    /// <summary>Decodes halves to floats.</summary>
    /// <param name="coded">The halves, as <see cref="RansFloats"/> takes them.</param>
    /// <param name="weights">Receives as many floats.</param>
    /// <exception cref="InvalidDataException">The coded form is damaged.</exception>
    public static void DecodeHalves(ReadOnlySpan<byte> coded, Span<float> weights)
    {
        ushort[] bits = new ushort[weights.Length];
        RansFloats.Decode(coded, bits);
        for (int i = 0; i < bits.Length; i++) weights[i] = (float)BitConverter.UInt16BitsToHalf(bits[i]);
    }
}
