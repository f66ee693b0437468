using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Reduces the slices of an array by the segment that each belongs to.</summary>
internal static class SegmentReduce
{
    /// <summary>Reduces.</summary>
    /// <param name="function">What is computed.</param>
    /// <param name="source">[slices][slice].</param>
    /// <param name="ids">Segment of each slice.</param>
    /// <param name="sorted">
    /// The ids ascend, and a segment without slices is 0 (1 of products). Otherwise negative ids do not count, and a segment without
    /// slices is what the function begins with: of maxima the least number, of minima the greatest.
    /// </param>
    /// <param name="counts">[segments]: becomes the number of slices of each.</param>
    /// <param name="destination">[segments][slice].</param>
    /// <exception cref="ArgumentException">An id is not a segment's, or ids that should ascend do not.</exception>
    public static void Run<T, TIndex>(
        SegmentFunction function, ReadOnlySpan<T> source, ReadOnlySpan<TIndex> ids, bool sorted, Span<int> counts, Span<T> destination)
        where T : INumber<T>, IMinMaxValue<T>
        where TIndex : IBinaryInteger<TIndex>
    {
        destination.Fill(Start<T>(function));
        counts.Clear();
        int inner = ids.Length == 0 ? 0 : source.Length / ids.Length;
        for (int slice = 0, last = 0; slice < ids.Length; slice++)
        {
            if (!sorted && ids[slice] < TIndex.Zero) continue;
            int id = Indices.Read(ids[slice], counts.Length);
            Shapes.Require(!sorted || id >= last, "segment ids do not ascend");
            last = id;
            Span<T> segment = destination.Slice(id * inner, inner);
            if (sorted && counts[id] == 0) source.Slice(slice * inner, inner).CopyTo(segment);
            else Include(function, source.Slice(slice * inner, inner), segment);
            counts[id]++;
        }
        inner = counts.Length == 0 ? 0 : destination.Length / counts.Length;
        for (int id = 0; id < counts.Length; id++) Finish(function, counts[id], sorted, destination.Slice(id * inner, inner));
    }

    private static T Start<T>(SegmentFunction function) where T : INumber<T>, IMinMaxValue<T> => function switch
    {
        SegmentFunction.Product => T.One,
        SegmentFunction.Maximum => T.MinValue,
        SegmentFunction.Minimum => T.MaxValue,
        _ => T.Zero,
    };

    private static void Include<T>(SegmentFunction function, ReadOnlySpan<T> slice, Span<T> segment) where T : INumber<T>
    {
        switch (function)
        {
            case SegmentFunction.Product: Binary.Same<T, T, MultiplyFunction<T>>(segment, slice, segment); break;
            case SegmentFunction.Maximum: Binary.Same<T, T, MaximumFunction<T>>(segment, slice, segment); break;
            case SegmentFunction.Minimum: Binary.Same<T, T, MinimumFunction<T>>(segment, slice, segment); break;
            default: Binary.Same<T, T, AddFunction<T>>(segment, slice, segment); break;
        }
    }

    private static void Finish<T>(SegmentFunction function, int count, bool sorted, Span<T> segment) where T : INumber<T>
    {
        if (count == 0)
        {
            if (sorted && function != SegmentFunction.Product) segment.Clear();
            return;
        }
        if (function is not (SegmentFunction.Mean or SegmentFunction.SumOverRoot)) return;
        T divisor = T.CreateTruncating(function == SegmentFunction.Mean ? count : Math.Sqrt(count));
        for (int i = 0; i < segment.Length; i++) segment[i] /= divisor;
    }
}

/// <inheritdoc cref="SegmentReduce"/>
/// <param name="input">[ids..., slice...].</param>
/// <param name="ids">Segment of each slice.</param>
/// <param name="counts">[segments]: the number of slices of each.</param>
/// <param name="output">[segments, slice...].</param>
/// <param name="function">A name of <see cref="SegmentFunction"/>.</param>
/// <param name="sorted">The ids ascend.</param>
internal sealed class SegmentReduce<T, TIndex>(
    FlatBuffer<T> input, FlatBuffer<TIndex> ids, FlatBuffer<int> counts, FlatBuffer<T> output, string function, bool sorted) : Layer
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly SegmentFunction _function = Enum.Parse<SegmentFunction>(function);
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, [counts.Length, .. input.Shape.AsSpan(ids.Shape.Length)]);

    public override void Run(Workspace workspace) => SegmentReduce.Run<T, TIndex>(
        _function, workspace.Elements(input), workspace.Elements(ids), sorted, workspace.Elements(counts), workspace.Elements(_output));
}
