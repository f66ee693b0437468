using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Convolution over one to three spatial axes, of numbers of any type, and its gradient by the input, known as transposed convolution.
/// Zeros lie outside the image. The plain way, for what <see cref="ConvolutionFloat"/> does not do.
/// </summary>
internal static class SpatialConvolution
{
    /// <summary>Number of groups that the shapes imply.</summary>
    /// <param name="input">[batch, spatial axes, channels].</param>
    /// <param name="weights">[window, channels of a group, outputs]; transposed: [window, outputs of a group, channels].</param>
    /// <param name="output">[batch, spatial axes, outputs].</param>
    /// <param name="transposed">Transposed convolution.</param>
    public static int Groups(ReadOnlySpan<int> input, ReadOnlySpan<int> weights, ReadOnlySpan<int> output, bool transposed)
    {
        int seen = transposed ? output[^1] : input[^1];
        Shapes.Require(weights[^2] > 0 && seen % weights[^2] == 0, "channels are not a multiple of those of a group");
        int groups = seen / weights[^2];
        int other = transposed ? input[^1] : output[^1];
        Shapes.Require(other == weights[^1] && other % Math.Max(groups, 1) == 0, "weights do not fit the groups");
        return groups;
    }

    /// <summary>Convolves.</summary>
    /// <param name="source">Input, [batch][pixels][channels].</param>
    /// <param name="weights">[taps][channels / groups][outputs]; transposed: [taps][outputs / groups][channels].</param>
    /// <param name="axes">Geometry.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="destination">Output, [batch][pixels][outputs].</param>
    public static void Run<T>(
        ReadOnlySpan<T> source, ReadOnlySpan<T> weights, SpatialAxes axes, int channels, int outputs, int groups, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        destination.Clear();
        if (channels == 0) return;
        int tapWeights = weights.Length / axes.Window;
        for (int pixel = 0; pixel < destination.Length / Math.Max(outputs, 1); pixel++)
        {
            (int image, int place) = Math.DivRem(pixel, axes.Outputs);
            Span<T> result = destination.Slice(pixel * outputs, outputs);
            for (SpatialTaps taps = axes.TapsOf(place); taps.Next();)
            {
                ReadOnlySpan<T> x = source.Slice((image * axes.Inputs + taps.Source) * channels, channels);
                ReadOnlySpan<T> matrix = weights.Slice(taps.Tap * tapWeights, tapWeights);
                if (axes.Width.Transposed) MultiplyTransposed(x, matrix, groups, result);
                else Multiply(x, matrix, groups, result);
            }
        }
    }

    /// <summary>result += x * matrix, [channels / groups][outputs].</summary>
    private static void Multiply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> matrix, int groups, Span<T> result) where T : unmanaged, INumber<T>
    {
        int inputs = x.Length / groups;
        int outputs = result.Length / groups;
        for (int channel = 0; channel < x.Length; channel++)
        {
            (int group, int row) = Math.DivRem(channel, inputs);
            AddScaled(matrix.Slice(row * result.Length + group * outputs, outputs), x[channel], result.Slice(group * outputs, outputs));
        }
    }

    /// <summary>result += matrix * x, [outputs / groups][channels].</summary>
    private static void MultiplyTransposed<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> matrix, int groups, Span<T> result)
        where T : unmanaged, INumber<T>
    {
        int inputs = x.Length / groups;
        int outputs = result.Length / groups;
        for (int output = 0; output < result.Length; output++)
        {
            (int group, int row) = Math.DivRem(output, outputs);
            result[output] += Dot(matrix.Slice(row * x.Length + group * inputs, inputs), x.Slice(group * inputs, inputs));
        }
    }

    private static void AddScaled<T>(ReadOnlySpan<T> row, T factor, Span<T> result) where T : unmanaged, INumber<T>
    {
        int i = 0;
        if (Vector<T>.IsSupported)
        {
            ReadOnlySpan<Vector<T>> rows = MemoryMarshal.Cast<T, Vector<T>>(row);
            Span<Vector<T>> results = MemoryMarshal.Cast<T, Vector<T>>(result);
            for (int v = 0; v < results.Length; v++) results[v] += rows[v] * factor;
            i = results.Length * Vector<T>.Count;
        }
        for (; i < result.Length; i++) result[i] += row[i] * factor;
    }

    private static T Dot<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right) where T : unmanaged, INumber<T>
    {
        int i = 0;
        T sum = T.Zero;
        if (Vector<T>.IsSupported)
        {
            ReadOnlySpan<Vector<T>> lefts = MemoryMarshal.Cast<T, Vector<T>>(left);
            ReadOnlySpan<Vector<T>> rights = MemoryMarshal.Cast<T, Vector<T>>(right);
            Vector<T> sums = Vector<T>.Zero;
            for (int v = 0; v < lefts.Length; v++) sums += lefts[v] * rights[v];
            sum = Vector.Sum(sums);
            i = lefts.Length * Vector<T>.Count;
        }
        for (; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}

/// <inheritdoc cref="SpatialConvolution"/>
/// <typeparam name="T">Element type.</typeparam>
internal sealed class SpatialConvolution<T> : Layer where T : unmanaged, INumber<T>
{
    private readonly FlatBuffer<T> _input;
    private readonly FlatBuffer<T> _weights;
    private readonly FlatBuffer<T> _output;
    private readonly SpatialAxes _axes;
    private readonly int _groups;

    /// <param name="input">[batch, spatial axes, channels].</param>
    /// <param name="weights">[window, channels of a group, outputs]; transposed: [window, outputs of a group, channels].</param>
    /// <param name="output">[batch, spatial axes, outputs].</param>
    /// <param name="strides">See <see cref="SpatialAxis"/>, a number an axis.</param>
    /// <param name="dilations">See <see cref="SpatialAxis"/>, a number an axis.</param>
    /// <param name="pads">See <see cref="SpatialAxis"/>, a number an axis.</param>
    /// <param name="transposed">Transposed convolution.</param>
    public SpatialConvolution(
        FlatBuffer<T> input, FlatBuffer<T> weights, FlatBuffer<T> output, int[] strides, int[] dilations, int[] pads, bool transposed)
    {
        _input = input;
        _weights = weights;
        _output = output;
        ReadOnlySpan<int> window = weights.Shape.AsSpan(0, weights.Shape.Length - 2);
        _axes = SpatialAxes.Of(input.Shape, output.Shape, window, strides, dilations, pads, transposed);
        _groups = SpatialConvolution.Groups(input.Shape, weights.Shape, output.Shape, transposed);
    }

    public override void Run(Workspace workspace) => SpatialConvolution.Run<T>(
        workspace.Elements(_input), workspace.Elements(_weights), _axes, _input.Shape[^1], _output.Shape[^1], _groups,
        workspace.Elements(_output));
}
