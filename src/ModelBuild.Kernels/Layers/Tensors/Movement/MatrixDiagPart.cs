using System;

namespace ModelBuild.Kernels;

/// <summary>Reads neighbouring diagonals of the innermost matrices (<see cref="DiagonalBand"/>).</summary>
internal static class MatrixDiagPart
{
    /// <summary>Reads.</summary>
    /// <param name="source">Matrices, row-major.</param>
    /// <param name="band">Which diagonals.</param>
    /// <param name="padding">What fills the rows of shorter diagonals.</param>
    /// <param name="destination">Bands.</param>
    public static void Run<T>(ReadOnlySpan<T> source, DiagonalBand band, T padding, Span<T> destination)
    {
        destination.Fill(padding);
        for (int matrix = 0; band.BandLength > 0 && matrix < destination.Length / band.BandLength; matrix++)
            band.Read(source.Slice(matrix * band.MatrixLength, band.MatrixLength), destination.Slice(matrix * band.BandLength, band.BandLength));
    }
}

/// <inheritdoc cref="MatrixDiagPart"/>
/// <param name="input">[..., rows, columns].</param>
/// <param name="padding">What fills the rows of shorter diagonals, one element.</param>
/// <param name="output">[..., diagonals, longest], or [..., longest] of one diagonal.</param>
/// <param name="lower">The lowest diagonal.</param>
/// <param name="upper">The highest diagonal.</param>
/// <param name="leftAbove">Diagonals above the main one begin at the left.</param>
/// <param name="leftBelow">Diagonals below the main one begin at the left.</param>
internal sealed class MatrixDiagPart<T>(
    FlatBuffer<T> input, FlatBuffer<T> padding, FlatBuffer<T> output, int lower, int upper, bool leftAbove, bool leftBelow) : Layer
    where T : unmanaged
{
    private readonly DiagonalBand _band = new(input.Shape[^2], input.Shape[^1], lower, upper, leftAbove, leftBelow);

    public override void Run(Workspace workspace) =>
        MatrixDiagPart.Run<T>(workspace.Elements(input), _band, workspace.Elements(padding)[0], workspace.Elements(output));
}
