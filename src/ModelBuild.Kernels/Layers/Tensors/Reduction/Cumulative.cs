using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Sums or products of all elements up to each one along an axis.</summary>
internal static class Cumulative
{
    /// <summary>Computes.</summary>
    /// <param name="product">Products instead of sums.</param>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="axis">The axis, from 0.</param>
    /// <param name="exclusive">Without the element itself.</param>
    /// <param name="reverse">From the end of the axis.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T>(bool product, ReadOnlySpan<T> source, ReadOnlySpan<int> shape, int axis, bool exclusive, bool reverse, Span<T> destination)
        where T : INumberBase<T>
    {
        int length = shape[axis];
        int inner = Shapes.Elements(shape.Slice(axis + 1));
        int step = reverse ? -inner : inner;
        for (int row = 0; length > 0 && row < source.Length / length; row++)
        {
            int i = row / inner * length * inner + row % inner + (reverse ? (length - 1) * inner : 0);
            T sum = product ? T.One : T.Zero;
            for (int k = 0; k < length; k++, i += step)
            {
                T before = sum;
                sum = product ? sum * source[i] : sum + source[i];
                destination[i] = exclusive ? before : sum;
            }
        }
    }
}

/// <inheritdoc cref="Cumulative"/>
/// <param name="input">Input.</param>
/// <param name="output">Output, of the same shape.</param>
/// <param name="axis">The axis, from 0.</param>
/// <param name="exclusive">Without the element itself.</param>
/// <param name="reverse">From the end of the axis.</param>
/// <param name="product">Products instead of sums.</param>
internal sealed class Cumulative<T>(FlatBuffer<T> input, FlatBuffer<T> output, int axis, bool exclusive, bool reverse, bool product) : Layer
    where T : unmanaged, INumberBase<T>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) =>
        Cumulative.Run<T>(product, workspace.Elements(input), input.Shape, axis, exclusive, reverse, workspace.Elements(_output));
}
