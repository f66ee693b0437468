using System;

namespace ModelBuild.Kernels;

/// <summary>Gathers the elements along some axes into one.</summary>
internal static class Reduce
{
    /// <summary>Sums held side by side: columns where the last axis stays, partial sums where it goes.</summary>
    private const int Lanes = 64;

    /// <summary>Partial sums of a row, so that additions do not wait for each other.</summary>
    private const int Parts = 8;

    /// <summary>Shape of the result.</summary>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="axes">Axes gathered; negative counts from the end; none gathers nothing.</param>
    /// <param name="keep">They stay with one element.</param>
    public static int[] OutputShape(ReadOnlySpan<int> shape, ReadOnlySpan<int> axes, bool keep)
    {
        Span<bool> gathered = stackalloc bool[shape.Length];
        Mark(axes, gathered);
        int rank = 0;
        int[] output = new int[shape.Length];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (!gathered[axis]) output[rank++] = shape[axis];
            else if (keep) output[rank++] = 1;
        }
        Array.Resize(ref output, rank);
        return output;
    }

    /// <summary>Gathers.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="axes">Axes gathered; negative counts from the end.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T, TSum, TReducer>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> axes, Span<T> destination)
        where TSum : unmanaged
        where TReducer : struct, IReducer<T, TSum>
    {
        int rank = shape.Length;
        Span<bool> gathered = stackalloc bool[rank];
        Mark(axes, gathered);
        // Sizes and steps of the axes that stay, then of those gathered; neighbours of a kind are one.
        Span<int> keptSize = stackalloc int[rank + 1], keptStep = stackalloc int[rank + 1];
        Span<int> size = stackalloc int[rank + 1], step = stackalloc int[rank + 1];
        int kept = Merge(shape, gathered, false, keptSize, keptStep);
        int inner = Merge(shape, gathered, true, size, step);
        int count = Shapes.Elements(size.Slice(0, inner));
        bool columns = kept > 0 && keptStep[kept - 1] == 1;
        int width = columns ? keptSize[kept - 1] : 1;
        Span<int> index = stackalloc int[rank + 1];
        index.Clear();
        Span<TSum> sums = stackalloc TSum[Lanes];
        Span<int> scratch = stackalloc int[rank + 1];
        int outer = columns ? kept - 1 : kept;
        int start = 0;
        for (int write = 0; write < destination.Length; write += width)
        {
            for (int column = 0; column < width; column += Lanes)
            {
                Span<TSum> lanes = sums.Slice(0, columns ? Math.Min(Lanes, width - column) : Parts);
                lanes.Fill(TReducer.Start);
                if (count > 0) Gather<T, TSum, TReducer>(source, start + column, size.Slice(0, inner), step, columns, lanes, scratch);
                if (!columns)
                {
                    for (int part = 1; part < Parts; part++) lanes[0] = TReducer.Join(lanes[0], lanes[part]);
                    lanes = lanes.Slice(0, 1);
                }
                for (int lane = 0; lane < lanes.Length; lane++) destination[write + column + lane] = TReducer.Finish(lanes[lane], count);
            }
            Advance(keptSize.Slice(0, outer), keptStep, index, ref start);
        }
    }

    /// <summary>Takes in all elements of one block of the output.</summary>
    private static void Gather<T, TSum, TReducer>(
        ReadOnlySpan<T> source, int start, ReadOnlySpan<int> size, ReadOnlySpan<int> step, bool columns, Span<TSum> lanes, Span<int> index)
        where TReducer : struct, IReducer<T, TSum>
    {
        index.Clear();
        int outer = columns ? size.Length : Math.Max(0, size.Length - 1);
        int row = columns || size.Length == 0 ? 1 : size[^1];
        int stride = columns || size.Length == 0 ? 1 : step[size.Length - 1];
        int rows = Shapes.Elements(size.Slice(0, outer));
        for (int i = 0; i < rows; i++)
        {
            if (columns)
            {
                ReadOnlySpan<T> elements = source.Slice(start, lanes.Length);
                for (int lane = 0; lane < elements.Length; lane++) lanes[lane] = TReducer.Include(lanes[lane], elements[lane]);
            }
            else if (stride == 1)
            {
                Row<T, TSum, TReducer>(source.Slice(start, row), lanes);
            }
            else
            {
                for (int k = 0; k < row; k++) lanes[k % Parts] = TReducer.Include(lanes[k % Parts], source[start + k * stride]);
            }
            Advance(size.Slice(0, outer), step, index, ref start);
        }
    }

    private static void Row<T, TSum, TReducer>(ReadOnlySpan<T> elements, Span<TSum> lanes)
        where TReducer : struct, IReducer<T, TSum>
    {
        TSum a = lanes[0], b = lanes[1], c = lanes[2], d = lanes[3];
        int k = 0;
        for (; k <= elements.Length - 4; k += 4)
        {
            a = TReducer.Include(a, elements[k]);
            b = TReducer.Include(b, elements[k + 1]);
            c = TReducer.Include(c, elements[k + 2]);
            d = TReducer.Include(d, elements[k + 3]);
        }
        for (; k < elements.Length; k++) a = TReducer.Include(a, elements[k]);
        lanes[0] = a;
        lanes[1] = b;
        lanes[2] = c;
        lanes[3] = d;
    }

    /// <summary>Steps to the next coordinates in row-major order.</summary>
    private static void Advance(ReadOnlySpan<int> size, ReadOnlySpan<int> step, Span<int> index, ref int position)
    {
        for (int axis = size.Length - 1; axis >= 0; axis--)
        {
            position += step[axis];
            if (++index[axis] < size[axis]) return;
            position -= step[axis] * size[axis];
            index[axis] = 0;
        }
    }

    private static void Mark(ReadOnlySpan<int> axes, Span<bool> gathered)
    {
        gathered.Clear();
        foreach (int axis in axes) gathered[Shapes.Axis(axis, gathered.Length)] = true;
    }

    /// <summary>Sizes and steps of the axes of one kind, joined where nothing lies between them.</summary>
    private static int Merge(ReadOnlySpan<int> shape, ReadOnlySpan<bool> gathered, bool kind, Span<int> size, Span<int> step)
    {
        int rank = 0;
        int stride = Shapes.Elements(shape);
        for (int axis = 0; axis < shape.Length; axis++)
        {
            stride = shape[axis] == 0 ? 0 : stride / shape[axis];
            if (gathered[axis] != kind || shape[axis] == 1) continue;
            if (rank > 0 && stride > 0 && step[rank - 1] == stride * shape[axis])
            {
                size[rank - 1] *= shape[axis];
                step[rank - 1] = stride;
                continue;
            }
            size[rank] = shape[axis];
            step[rank++] = stride;
        }
        return rank;
    }
}
