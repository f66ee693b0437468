using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Weights of -1 and 1 as bits, and the numbers that make an output of a count of unequal bits. With the input taken as
/// <c>t + a * sign(x - t)</c>, t of its channel and a of the layer, and as 0 outside the image, an output of n products is
/// <c>bias + scale * (sum of weights * t + a * (n - 2 * count))</c> (Rastegari et al. 2016, XNOR-Net, https://arxiv.org/abs/1603.05279; with
/// thresholds as in ReActNet, Liu et al. 2020, https://arxiv.org/abs/2003.03488), which is <c>offset + count * factor</c>.
/// </summary>
internal sealed class SignWeights
{
    /// <summary>Outputs that are computed together.</summary>
    public const int Block = 8;

    private readonly ulong[] _bits;
    private readonly float[] _factors;
    private readonly float[] _offsets;
    private readonly int[] _rows;
    private readonly int[] _columns;

    /// <param name="window">Sizes.</param>
    /// <param name="weights">[out][kernel height][kernel width][channels], -1 or 1.</param>
    /// <param name="scales">[out], of the weights.</param>
    /// <param name="bias">[out].</param>
    /// <param name="thresholds">[channels], t.</param>
    /// <param name="amplitude">a.</param>
    public SignWeights(SignWindow window, sbyte[] weights, float[] scales, float[] bias, float[] thresholds, float amplitude)
    {
        ConvolutionShape shape = window.Shape;
        BufferChecks.Require(weights.Length == shape.Weights && thresholds.Length == shape.InputChannels, "weights differ from the convolution");
        BufferChecks.Require(scales.Length == shape.OutputChannels && bias.Length == scales.Length, "there is not one scale and bias an output");
        Blocks = (scales.Length + Block - 1) / Block;
        _bits = Pack(window, weights);
        _factors = new float[Blocks * Block];
        for (int o = 0; o < scales.Length; o++) _factors[o] = -2 * amplitude * scales[o];
        int[] rows = Inside(
            shape.OutputHeight, shape.StrideHeight, shape.PadTop, shape.KernelHeight, shape.DilationHeight, shape.InputHeight, out _rows);
        int[] columns = Inside(
            shape.OutputWidth, shape.StrideWidth, shape.PadLeft, shape.KernelWidth, shape.DilationWidth, shape.InputWidth, out _columns);
        int across = columns.Length / shape.KernelWidth, kinds = rows.Length / shape.KernelHeight * across;
        _offsets = new float[kinds * _factors.Length];
        for (int kind = 0; kind < kinds; kind++)
        {
            ReadOnlySpan<int> y = rows.AsSpan(kind / across * shape.KernelHeight, shape.KernelHeight);
            ReadOnlySpan<int> x = columns.AsSpan(kind % across * shape.KernelWidth, shape.KernelWidth);
            SetOffsets(shape, weights, scales, bias, thresholds, amplitude, y, x, _offsets.AsSpan(kind * _factors.Length));
        }
        // From kinds to where their offsets begin.
        for (int row = 0; row < _rows.Length; row++) _rows[row] *= across * _factors.Length;
        for (int column = 0; column < _columns.Length; column++) _columns[column] *= _factors.Length;
    }

    /// <summary>Blocks of outputs.</summary>
    public int Blocks { get; }

    /// <summary>[block][word][output of the block].</summary>
    public ReadOnlySpan<ulong> Bits => _bits;

    /// <summary>[block][output of the block]; zeros for outputs that are not there.</summary>
    public ReadOnlySpan<float> Factors => _factors;

    /// <summary>
    /// [which taps lie outside the image][block][output of the block]; those of an output pixel begin at the sum of <see cref="Rows"/> and
    /// <see cref="Columns"/>.
    /// </summary>
    public ReadOnlySpan<float> Offsets => _offsets;

    /// <summary>[output row], see <see cref="Offsets"/>.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>[output column], see <see cref="Offsets"/>.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    private static ulong[] Pack(SignWindow window, sbyte[] weights)
    {
        int outputs = window.Shape.OutputChannels, channels = window.Shape.InputChannels, perOutput = weights.Length / outputs;
        ulong[] packed = new ulong[(outputs + Block - 1) / Block * window.Words * Block], row = new ulong[window.Words];
        for (int o = 0; o < outputs; o++)
        {
            Array.Clear(row);
            Span<byte> bytes = MemoryMarshal.AsBytes(row.AsSpan());
            for (int i = 0; i < perOutput; i++)
            {
                int weight = weights[o * perOutput + i], tap = i / channels, channel = i % channels;
                BufferChecks.Require(weight is 1 or -1, "a weight is no sign");
                if (weight > 0) bytes[tap * window.PixelBytes + channel / SignWindow.Channels] |= (byte)(1 << channel % SignWindow.Channels);
            }
            for (int word = 0; word < row.Length; word++) packed[(o / Block * window.Words + word) * Block + o % Block] = row[word];
        }
        return packed;
    }

    /// <summary>The different sets of taps, 1 for those inside the image, along an axis, and which of them each output has.</summary>
    private static int[] Inside(int outputs, int stride, int pad, int kernel, int dilation, int input, out int[] kinds)
    {
        kinds = new int[outputs];
        int[] sets = new int[outputs * kernel];
        int count = 0;
        for (int output = 0; output < outputs; output++)
        {
            Span<int> set = sets.AsSpan(count * kernel, kernel);
            for (int tap = 0; tap < kernel; tap++) set[tap] = (uint)(output * stride + tap * dilation - pad) < (uint)input ? 1 : 0;
            int kind = 0;
            while (!sets.AsSpan(kind * kernel, kernel).SequenceEqual(set)) kind++;
            kinds[output] = kind;
            if (kind == count) count++;
        }
        return sets.AsSpan(0, count * kernel).ToArray();
    }

    private static void SetOffsets(
        ConvolutionShape shape, sbyte[] weights, float[] scales, float[] bias, float[] thresholds, float amplitude, ReadOnlySpan<int> rows,
        ReadOnlySpan<int> columns, Span<float> offsets)
    {
        int perOutput = weights.Length / scales.Length, channels = thresholds.Length;
        for (int o = 0; o < scales.Length; o++)
        {
            double sum = 0;
            for (int i = 0; i < perOutput; i++)
            {
                int tap = i / channels, weight = weights[o * perOutput + i];
                bool isInside = rows[tap / shape.KernelWidth] * columns[tap % shape.KernelWidth] == 1;
                // Outside the bits are 0, which count as -1.
                sum += isInside ? amplitude + (double)weight * thresholds[i % channels] : amplitude * (1 + (double)weight);
            }
            offsets[o] = (float)(bias[o] + scales[o] * sum);
        }
    }
}
