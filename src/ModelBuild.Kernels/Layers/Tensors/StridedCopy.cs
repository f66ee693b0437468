using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Copies a box of elements between two arrays, each walked with its own step along every axis. Steps may be 0 (source only:
/// broadcast) or negative (reversal). Most layers that only move values are one or a few such copies.
/// </summary>
internal static class StridedCopy
{
    /// <summary>Elements along each side of the blocks in which a transposition runs, so that both sides stay in the cache.</summary>
    private const int Tile = 32;

    /// <summary>Copies into a whole row-major array.</summary>
    public static void Run<T>(ReadOnlySpan<int> shape, ReadOnlySpan<T> source, int sourceStart, ReadOnlySpan<int> sourceStrides, Span<T> destination)
    {
        Span<int> strides = stackalloc int[shape.Length];
        Shapes.Strides(shape, strides);
        Run(shape, source, sourceStart, sourceStrides, destination, 0, strides);
    }

    /// <summary>Copies the box.</summary>
    /// <param name="shape">Size of the box.</param>
    /// <param name="source">Elements read.</param>
    /// <param name="sourceStart">Element of the source that corner (0, 0, ...) is.</param>
    /// <param name="sourceStrides">Steps in the source, by axis.</param>
    /// <param name="destination">Elements written; not overlapping those read.</param>
    /// <param name="destinationStart">Element of the destination that corner (0, 0, ...) is.</param>
    /// <param name="destinationStrides">Steps in the destination, by axis.</param>
    public static void Run<T>(
        ReadOnlySpan<int> shape, ReadOnlySpan<T> source, int sourceStart, ReadOnlySpan<int> sourceStrides,
        Span<T> destination, int destinationStart, ReadOnlySpan<int> destinationStrides)
    {
        Span<int> size = stackalloc int[shape.Length + 2];
        Span<int> from = stackalloc int[shape.Length + 2];
        Span<int> to = stackalloc int[shape.Length + 2];
        int rank = Merge(shape, sourceStrides, destinationStrides, size, from, to);
        if (rank < 0) return;
        ContiguousLast(size.Slice(0, rank), from, to);

        Span<int> index = stackalloc int[rank];
        index.Clear();
        while (true)
        {
            Plane(size.Slice(rank - 2), source, sourceStart, from.Slice(rank - 2), destination, destinationStart, to.Slice(rank - 2));
            int axis = rank - 3;
            for (; axis >= 0; axis--)
            {
                sourceStart += from[axis];
                destinationStart += to[axis];
                if (++index[axis] < size[axis]) break;
                sourceStart -= from[axis] * size[axis];
                destinationStart -= to[axis] * size[axis];
                index[axis] = 0;
            }
            if (axis < 0) return;
        }
    }

    /// <summary>
    /// Drops axes of one element and joins axes that both sides walk as one; pads to two axes.
    /// </summary>
    /// <returns>Remaining axes, at least two, or -1 if the box is empty.</returns>
    private static int Merge(
        ReadOnlySpan<int> shape, ReadOnlySpan<int> sourceStrides, ReadOnlySpan<int> destinationStrides, Span<int> size, Span<int> from, Span<int> to)
    {
        size[0] = size[1] = 1;
        from[0] = from[1] = to[0] = to[1] = 0;
        int rank = 2;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            int n = shape[axis];
            if (n <= 0) return -1;
            if (n == 1) continue;
            bool joins = size[rank - 1] > 1 && from[rank - 1] == sourceStrides[axis] * n && to[rank - 1] == destinationStrides[axis] * n;
            if (!joins) size[rank++] = 1;
            size[rank - 1] *= n;
            from[rank - 1] = sourceStrides[axis];
            to[rank - 1] = destinationStrides[axis];
        }
        return rank;
    }

    /// <summary>Brings the axis that is contiguous in the destination to the end and the one contiguous in the source before it.</summary>
    private static void ContiguousLast(Span<int> size, Span<int> from, Span<int> to)
    {
        int last = size.Length - 1;
        for (int axis = last; axis >= 0; axis--)
        {
            if (size[axis] == 1 || to[axis] != 1) continue;
            Swap(size, from, to, axis, last);
            break;
        }
        for (int axis = last - 1; axis >= 0 && from[last] != 1; axis--)
        {
            if (size[axis] == 1 || from[axis] != 1) continue;
            Swap(size, from, to, axis, last - 1);
            break;
        }
    }

    private static void Swap(Span<int> size, Span<int> from, Span<int> to, int a, int b)
    {
        (size[a], size[b]) = (size[b], size[a]);
        (from[a], from[b]) = (from[b], from[a]);
        (to[a], to[b]) = (to[b], to[a]);
    }

    /// <summary>Copies the last two axes.</summary>
    private static void Plane<T>(
        ReadOnlySpan<int> size, ReadOnlySpan<T> source, int sourceStart, ReadOnlySpan<int> from, Span<T> destination, int destinationStart, ReadOnlySpan<int> to)
    {
        bool rows = to[1] == 1 && from[1] is 0 or 1;
        int tile = rows ? size[1] : Tile;
        int tileRows = rows ? size[0] : Tile;
        for (int y = 0; y < size[0]; y += tileRows)
        {
            for (int x = 0; x < size[1]; x += tile)
            {
                int count = Math.Min(tile, size[1] - x);
                int end = Math.Min(y + tileRows, size[0]);
                for (int row = y; row < end; row++)
                {
                    int read = sourceStart + row * from[0] + x * from[1];
                    int write = destinationStart + row * to[0] + x * to[1];
                    Row(count, source, read, from[1], destination, write, to[1]);
                }
            }
        }
    }

    private static void Row<T>(int count, ReadOnlySpan<T> source, int read, int from, Span<T> destination, int write, int to)
    {
        if (to == 1 && from == 1)
        {
            source.Slice(read, count).CopyTo(destination.Slice(write));
            return;
        }
        if (to == 1 && from == 0)
        {
            destination.Slice(write, count).Fill(source[read]);
            return;
        }
        for (int i = 0; i < count; i++, read += from, write += to) destination[write] = source[read];
    }
}
