using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Turns indices into rows that hold one value at the index and another everywhere else.</summary>
internal static class OneHot
{
    /// <summary>Shape of the result: a new axis of <paramref name="depth"/> elements; axis -1 puts it last.</summary>
    public static int[] OutputShape(ReadOnlySpan<int> shape, int depth, int axis) => Pack.OutputShape(shape, depth, axis);

    /// <summary>Fills the rows; an index outside 0..depth-1 gives a row without the value.</summary>
    /// <param name="indices">Indices, row-major.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="depth">Length of a row.</param>
    /// <param name="axis">Place of the new axis, from 0.</param>
    /// <param name="on">Value at the index.</param>
    /// <param name="off">Value elsewhere.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T, TIndex>(ReadOnlySpan<TIndex> indices, ReadOnlySpan<int> shape, int depth, int axis, T on, T off, Span<T> destination)
        where TIndex : IBinaryInteger<TIndex>
    {
        destination.Fill(off);
        int inner = Shapes.Elements(shape.Slice(axis));
        for (int i = 0; i < indices.Length; i++)
        {
            int index = int.CreateSaturating(indices[i]);
            if ((uint)index < (uint)depth) destination[(i / inner * depth + index) * inner + i % inner] = on;
        }
    }
}

/// <inheritdoc cref="OneHot"/>
/// <param name="indices">Indices.</param>
/// <param name="on">Value at the index, one element.</param>
/// <param name="off">Value elsewhere, one element.</param>
/// <param name="output">Output.</param>
/// <param name="axis">Place of the new axis, from 0.</param>
internal sealed class OneHot<T, TIndex>(FlatBuffer<TIndex> indices, FlatBuffer<T> on, FlatBuffer<T> off, FlatBuffer<T> output, int axis) : Layer
    where T : unmanaged
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, OneHot.OutputShape(indices.Shape, output.Shape[axis], axis));

    public override void Run(Workspace workspace) => OneHot.Run<T, TIndex>(
        workspace.Elements(indices), indices.Shape, _output.Shape[axis], axis, workspace.Elements(on)[0], workspace.Elements(off)[0],
        workspace.Elements(_output));
}
