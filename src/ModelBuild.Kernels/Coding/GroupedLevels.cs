using System;
using System.Buffers.Binary;
using System.IO;

namespace ModelBuild.Kernels;

/// <summary>
/// s8 weights whose rows are cut into groups, each a step times small levels: the steps and the levels are stored, and what is decoded are
/// the products, so that kernels take them as any weights.
/// </summary>
internal static class GroupedLevels
{
    /// <summary>Bytes of the lengths at the beginning: of a row, of a group, and of the coded steps.</summary>
    public const int HeaderBytes = 3 * sizeof(int);

    /// <summary>Decodes a tensor.</summary>
    /// <param name="coded">Lengths, the steps and the levels, the latter two as <see cref="RansDecoder"/> takes them.</param>
    /// <param name="weights">Receives the products, as many as there are levels.</param>
    /// <exception cref="InvalidDataException">The coded form is damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> coded, Span<sbyte> weights)
    {
        if (coded.Length < HeaderBytes) throw Damaged();
        int row = BinaryPrimitives.ReadInt32LittleEndian(coded);
        int group = BinaryPrimitives.ReadInt32LittleEndian(coded.Slice(sizeof(int)));
        int stepBytes = BinaryPrimitives.ReadInt32LittleEndian(coded.Slice(2 * sizeof(int)));
        coded = coded.Slice(HeaderBytes);
        if (row <= 0 || group <= 0 || weights.Length % row != 0 || (uint)stepBytes > (uint)coded.Length) throw Damaged();
        int perRow = (row - 1) / group + 1;
        sbyte[] steps = new sbyte[weights.Length / row * perRow];
        RansDecoder.Decode(coded.Slice(0, stepBytes), steps);
        RansDecoder.Decode(coded.Slice(stepBytes), weights);
        int step = 0;
        for (int start = 0; start < weights.Length; start += row)
        {
            for (int first = 0; first < row; first += group)
            {
                Span<sbyte> levels = weights.Slice(start + first, Math.Min(group, row - first));
                for (int i = 0; i < levels.Length; i++) levels[i] = (sbyte)(levels[i] * steps[step]);
                step++;
            }
        }
    }

    private static InvalidDataException Damaged() => new("The model's weights are damaged: a tensor of groups has wrong lengths.");
}
