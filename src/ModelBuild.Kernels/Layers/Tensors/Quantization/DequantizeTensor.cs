using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>TensorFlow's Dequantize: integers of a range to floats, all or slice by slice.</summary>
internal static class DequantizeTensor
{
    /// <summary>Dequantises.</summary>
    /// <param name="mode">What integers stand for.</param>
    /// <param name="axis">Axis of the slices, or -1.</param>
    /// <param name="narrowRange">The lowest integer is not used; of the scaled mode only.</param>
    /// <param name="source">Integers.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="minimum">Least number, one or one a slice.</param>
    /// <param name="maximum">Greatest number.</param>
    /// <param name="destination">Output, as many.</param>
    public static void Run<T>(
        QuantizationMode mode, int axis, bool narrowRange, ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<float> minimum,
        ReadOnlySpan<float> maximum, Span<float> destination)
        where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        Shapes.Require(minimum.Length == maximum.Length, "ranges have not as many ends as beginnings");
        (int step, int run) = RangeSlices.Layout(shape, axis, minimum.Length);
        for (int slice = 0; slice < minimum.Length; slice++)
        {
            (float low, float high) = (minimum[slice], maximum[slice]);
            for (int start = slice * run; start + run <= source.Length && run > 0; start += step)
            {
                for (int i = start; i < start + run; i++) destination[i] = Element(mode, narrowRange, source[i], low, high);
            }
        }
    }

    private static float Element<T>(QuantizationMode mode, bool narrowRange, T q, float low, float high) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        float least = float.CreateChecked(T.MinValue);
        float greatest = float.CreateChecked(T.MaxValue);
        switch (mode)
        {
            case QuantizationMode.MinCombined:
                float half = least < 0 ? (greatest - least + 1) / 2 : 0;
                return (float.CreateChecked(q) + half) * ((high - low) / (greatest - least)) + low;
            case QuantizationMode.MinFirst: return QuantizedNumbers.ToReal(q, low, high);
            default:
                if (least == 0) return float.CreateChecked(q) * (high / greatest);
                return float.CreateChecked(q) * Math.Max(low / (narrowRange ? least + 1 : least), high / greatest);
        }
    }
}

/// <inheritdoc cref="DequantizeTensor"/>
/// <param name="input">Integers.</param>
/// <param name="minimum">Least number, one or one a slice.</param>
/// <param name="maximum">Greatest number.</param>
/// <param name="output">Output.</param>
/// <param name="mode">A name of <see cref="QuantizationMode"/>.</param>
/// <param name="axis">Axis of the slices, or -1.</param>
/// <param name="narrowRange">The lowest integer is not used; of the scaled mode only.</param>
internal sealed class DequantizeTensor<T>(
    FlatBuffer<T> input, FlatBuffer<float> minimum, FlatBuffer<float> maximum, FlatBuffer<float> output, string mode, int axis, bool narrowRange) : Layer
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly QuantizationMode _mode = Enum.Parse<QuantizationMode>(mode);
    private readonly FlatBuffer<float> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => DequantizeTensor.Run<T>(
        _mode, axis, narrowRange, workspace.Elements(input), input.Shape, workspace.Elements(minimum), workspace.Elements(maximum), workspace.Elements(_output));
}
