using System;

namespace ModelBuild.Kernels;

/// <summary>Keeps a band around the diagonal of the innermost matrices and sets everything else to zero.</summary>
internal static class MatrixBandPart
{
    /// <summary>Keeps the band.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Shape of input and output, at least two axes.</param>
    /// <param name="lower">Diagonals kept below the main one; negative keeps all.</param>
    /// <param name="upper">Diagonals kept above the main one; negative keeps all.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, long lower, long upper, Span<T> destination)
    {
        Shapes.Require(shape.Length >= 2, "a band is taken of matrices");
        int rows = shape[^2];
        int columns = shape[^1];
        destination.Fill(default!);
        for (int start = 0, row = 0; start < source.Length; start += columns, row = row + 1 == rows ? 0 : row + 1)
        {
            int first = lower < 0 ? 0 : (int)Math.Clamp(row - lower, 0, columns);
            int end = upper < 0 ? columns : (int)Math.Min(columns, row + upper + 1);
            if (end > first) source.Slice(start + first, end - first).CopyTo(destination.Slice(start + first));
        }
    }
}

/// <inheritdoc cref="MatrixBandPart"/>
/// <param name="input">Input.</param>
/// <param name="output">Output, of the same shape.</param>
/// <param name="lower">Diagonals kept below the main one; negative keeps all.</param>
/// <param name="upper">Diagonals kept above the main one; negative keeps all.</param>
internal sealed class MatrixBandPart<T>(FlatBuffer<T> input, FlatBuffer<T> output, int lower, int upper) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) =>
        MatrixBandPart.Run<T>(workspace.Elements(input), input.Shape, lower, upper, workspace.Elements(_output));
}
