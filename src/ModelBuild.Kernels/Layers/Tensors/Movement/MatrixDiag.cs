using System;

namespace ModelBuild.Kernels;

/// <summary>Makes matrices of their diagonals (<see cref="DiagonalBand"/>).</summary>
internal static class MatrixDiag
{
    /// <summary>Fills and writes the diagonals.</summary>
    /// <param name="elements">Bands.</param>
    /// <param name="band">Which diagonals.</param>
    /// <param name="padding">What stands off the diagonals.</param>
    /// <param name="destination">Matrices, row-major.</param>
    public static void Run<T>(ReadOnlySpan<T> elements, DiagonalBand band, T padding, Span<T> destination)
    {
        destination.Fill(padding);
        MatrixSetDiag.Write(elements, band, destination);
    }
}

/// <inheritdoc cref="MatrixDiag"/>
/// <param name="elements">[..., diagonals, longest], or [..., longest] of one diagonal.</param>
/// <param name="padding">What stands off the diagonals, one element.</param>
/// <param name="output">[..., rows, columns].</param>
/// <param name="lower">The lowest diagonal.</param>
/// <param name="upper">The highest diagonal.</param>
/// <param name="leftAbove">Diagonals above the main one begin at the left.</param>
/// <param name="leftBelow">Diagonals below the main one begin at the left.</param>
internal sealed class MatrixDiag<T>(
    FlatBuffer<T> elements, FlatBuffer<T> padding, FlatBuffer<T> output, int lower, int upper, bool leftAbove, bool leftBelow) : Layer
    where T : unmanaged
{
    private readonly DiagonalBand _band = new(output.Shape[^2], output.Shape[^1], lower, upper, leftAbove, leftBelow);

    public override void Run(Workspace workspace) =>
        MatrixDiag.Run<T>(workspace.Elements(elements), _band, workspace.Elements(padding)[0], workspace.Elements(output));
}
