using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Finds the greatest elements of each row, in falling order, the lower index first among equals.</summary>
internal static class TopK
{
    /// <summary>Finds.</summary>
    /// <param name="source">[rows][columns].</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="values">[rows][k]: the elements.</param>
    /// <param name="indices">[rows][k]: their columns.</param>
    /// <param name="k">How many, at most <paramref name="columns"/>.</param>
    /// <remarks>Each row keeps a sorted list into which better elements are inserted at the place found by bisection.</remarks>
    public static void Run<T, TIndex>(ReadOnlySpan<T> source, int columns, Span<T> values, Span<TIndex> indices, int k)
        where T : INumber<T>
        where TIndex : IBinaryInteger<TIndex>
    {
        Shapes.Require(k >= 0 && k <= columns, "more elements are asked for than a row has");
        for (int row = 0; k > 0 && row < source.Length / columns; row++)
        {
            Row(source.Slice(row * columns, columns), values.Slice(row * k, k), indices.Slice(row * k, k));
        }
    }

    private static void Row<T, TIndex>(ReadOnlySpan<T> source, Span<T> values, Span<TIndex> indices)
        where T : INumber<T>
        where TIndex : IBinaryInteger<TIndex>
    {
        int found = 0;
        for (int column = 0; column < source.Length; column++)
        {
            T element = source[column];
            if (found == values.Length && !(element > values[^1])) continue;
            int low = 0;
            for (int high = found; low < high;)
            {
                int middle = (low + high) / 2;
                if (element > values[middle]) high = middle;
                else low = middle + 1;
            }
            if (found < values.Length) found++;
            values.Slice(low, found - low - 1).CopyTo(values.Slice(low + 1));
            indices.Slice(low, found - low - 1).CopyTo(indices.Slice(low + 1));
            values[low] = element;
            indices[low] = TIndex.CreateTruncating(column);
        }
    }
}

/// <inheritdoc cref="TopK"/>
/// <param name="input">[..., columns].</param>
/// <param name="output">[..., k]: the elements.</param>
/// <param name="indices">[..., k]: their columns.</param>
internal sealed class TopK<T, TIndex>(FlatBuffer<T> input, FlatBuffer<T> output, FlatBuffer<TIndex> indices) : Layer
    where T : unmanaged, INumber<T>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    public override void Run(Workspace workspace) => TopK.Run<T, TIndex>(
        workspace.Elements(input), input.Shape[^1], workspace.Elements(output), workspace.Elements(indices), output.Shape[^1]);
}
