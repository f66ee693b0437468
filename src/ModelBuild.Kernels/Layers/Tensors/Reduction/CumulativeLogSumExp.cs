using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// Logarithms of the sums of the exponentials of all elements up to each one along an axis. That of nothing is the least finite
/// number, as in TensorFlow.
/// </summary>
internal static class CumulativeLogSumExp
{
    /// <summary>Computes.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="axis">The axis, from 0.</param>
    /// <param name="exclusive">Without the element itself.</param>
    /// <param name="reverse">From the end of the axis.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, int axis, bool exclusive, bool reverse, Span<T> destination)
        where T : IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        int length = shape[axis];
        int inner = Shapes.Elements(shape.Slice(axis + 1));
        int step = reverse ? -inner : inner;
        for (int row = 0; length > 0 && row < source.Length / length; row++)
        {
            int i = row / inner * length * inner + row % inner + (reverse ? (length - 1) * inner : 0);
            double sum = double.CreateTruncating(T.MinValue);
            for (int k = 0; k < length; k++, i += step)
            {
                double before = sum;
                sum = Join(sum, double.CreateTruncating(source[i]));
                destination[i] = T.CreateTruncating(exclusive ? before : sum);
            }
        }
    }

    /// <summary>log(exp(left) + exp(right)) without overflow.</summary>
    private static double Join(double left, double right)
    {
        double greater = Math.Max(left, right);
        return double.IsInfinity(greater) ? greater : greater + DoubleMath.LogOnePlus(Math.Exp(Math.Min(left, right) - greater));
    }
}

/// <inheritdoc cref="CumulativeLogSumExp"/>
/// <param name="input">Input.</param>
/// <param name="output">Output, of the same shape.</param>
/// <param name="axis">The axis, from 0.</param>
/// <param name="exclusive">Without the element itself.</param>
/// <param name="reverse">From the end of the axis.</param>
internal sealed class CumulativeLogSumExp<T>(FlatBuffer<T> input, FlatBuffer<T> output, int axis, bool exclusive, bool reverse) : Layer
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) =>
        CumulativeLogSumExp.Run<T>(workspace.Elements(input), input.Shape, axis, exclusive, reverse, workspace.Elements(_output));
}
