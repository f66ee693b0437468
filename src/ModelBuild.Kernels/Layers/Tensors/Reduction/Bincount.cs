using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Counts how often each number from 0 on occurs in each row, or adds up the weights that its occurrences have.</summary>
internal static class Bincount
{
    /// <summary>Counts.</summary>
    /// <param name="source">Rows of numbers; those beyond the last one counted do not count.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="weights">A weight a number; empty for 1 each.</param>
    /// <param name="binary">Only whether a number occurs, as 0 or 1.</param>
    /// <param name="destination">[rows][numbers counted].</param>
    /// <exception cref="ArgumentException">A number is negative.</exception>
    public static void Run<T, TIndex>(ReadOnlySpan<TIndex> source, int rows, ReadOnlySpan<T> weights, bool binary, Span<T> destination)
        where T : INumberBase<T>
        where TIndex : IBinaryInteger<TIndex>
    {
        destination.Clear();
        if (rows == 0) return;
        int columns = source.Length / rows;
        int size = destination.Length / rows;
        for (int i = 0; i < source.Length; i++)
        {
            int number = int.CreateSaturating(source[i]);
            Shapes.Require(number >= 0, "a number to be counted is negative");
            if (number >= size) continue;
            int place = i / columns * size + number;
            if (binary) destination[place] = T.One;
            else destination[place] += weights.Length == 0 ? T.One : weights[i];
        }
    }
}

/// <inheritdoc cref="Bincount"/>
/// <param name="input">[n] or [rows, n].</param>
/// <param name="weights">A weight a number; of no elements for 1 each.</param>
/// <param name="output">[numbers counted] or [rows, numbers counted].</param>
/// <param name="binary">Only whether a number occurs.</param>
internal sealed class Bincount<T, TIndex>(FlatBuffer<TIndex> input, FlatBuffer<T> weights, FlatBuffer<T> output, bool binary) : Layer
    where T : unmanaged, INumberBase<T>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly int _rows = Shapes.Elements(input.Shape.AsSpan(0, input.Shape.Length - 1));

    public override void Run(Workspace workspace) =>
        Bincount.Run<T, TIndex>(workspace.Elements(input), _rows, workspace.Elements(weights), binary, workspace.Elements(output));
}
