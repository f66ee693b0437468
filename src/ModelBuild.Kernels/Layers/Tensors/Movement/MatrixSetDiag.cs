using System;

namespace ModelBuild.Kernels;

/// <summary>Replaces neighbouring diagonals of the innermost matrices (<see cref="DiagonalBand"/>).</summary>
internal static class MatrixSetDiag
{
    /// <summary>Copies the matrices and replaces.</summary>
    /// <param name="source">Matrices, row-major.</param>
    /// <param name="elements">Bands.</param>
    /// <param name="band">Which diagonals.</param>
    /// <param name="destination">Matrices.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> elements, DiagonalBand band, Span<T> destination)
    {
        source.CopyTo(destination);
        Write(elements, band, destination);
    }

    /// <summary>Writes the diagonals only; all other elements stay.</summary>
    public static void Write<T>(ReadOnlySpan<T> elements, DiagonalBand band, Span<T> destination)
    {
        for (int matrix = 0; band.BandLength > 0 && matrix < elements.Length / band.BandLength; matrix++)
            band.Write(elements.Slice(matrix * band.BandLength, band.BandLength), destination.Slice(matrix * band.MatrixLength, band.MatrixLength));
    }
}

/// <inheritdoc cref="MatrixSetDiag"/>
/// <param name="input">[..., rows, columns].</param>
/// <param name="elements">[..., diagonals, longest], or [..., longest] of one diagonal.</param>
/// <param name="output">Output, of the input's shape.</param>
/// <param name="lower">The lowest diagonal.</param>
/// <param name="upper">The highest diagonal.</param>
/// <param name="leftAbove">Diagonals above the main one begin at the left.</param>
/// <param name="leftBelow">Diagonals below the main one begin at the left.</param>
internal sealed class MatrixSetDiag<T>(
    FlatBuffer<T> input, FlatBuffer<T> elements, FlatBuffer<T> output, int lower, int upper, bool leftAbove, bool leftBelow) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);
    private readonly DiagonalBand _band = new(input.Shape[^2], input.Shape[^1], lower, upper, leftAbove, leftBelow);

    public override void Run(Workspace workspace) =>
        MatrixSetDiag.Run<T>(workspace.Elements(input), workspace.Elements(elements), _band, workspace.Elements(_output));
}
