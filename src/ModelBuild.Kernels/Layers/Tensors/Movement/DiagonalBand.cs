using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Neighbouring diagonals of matrices, and how they lie in a band [diagonals from the highest][longest]: each in a row, padded on
/// the side where it does not begin or end.
/// </summary>
/// <param name="Rows">Rows of the matrices.</param>
/// <param name="Columns">Columns of the matrices.</param>
/// <param name="Lower">The lowest diagonal; 0 is the main one, those below are negative.</param>
/// <param name="Upper">The highest diagonal.</param>
/// <param name="LeftAbove">Diagonals above the main one begin at the left of their rows.</param>
/// <param name="LeftBelow">Diagonals below the main one begin at the left of their rows.</param>
internal readonly record struct DiagonalBand(int Rows, int Columns, int Lower, int Upper, bool LeftAbove, bool LeftBelow)
{
    /// <summary>Elements of the longest diagonal.</summary>
    public int Length => Math.Max(0, Math.Min(Rows + Math.Min(Upper, 0), Columns - Math.Max(Lower, 0)));

    /// <summary>Elements of a band.</summary>
    public int BandLength => (Upper - Lower + 1) * Length;

    /// <summary>Elements of a matrix.</summary>
    public int MatrixLength => Rows * Columns;

    /// <summary>Reads the diagonals of one matrix; padding stays as it is.</summary>
    public void Read<T>(ReadOnlySpan<T> matrix, Span<T> band)
    {
        for (int diagonal = Lower; diagonal <= Upper; diagonal++)
        {
            (int at, int start, int count) = Place(diagonal);
            for (int i = 0; i < count; i++) band[start + i] = matrix[at + i * (Columns + 1)];
        }
    }

    /// <summary>Writes the diagonals of one matrix, whose other elements stay as they are.</summary>
    public void Write<T>(ReadOnlySpan<T> band, Span<T> matrix)
    {
        for (int diagonal = Lower; diagonal <= Upper; diagonal++)
        {
            (int at, int start, int count) = Place(diagonal);
            for (int i = 0; i < count; i++) matrix[at + i * (Columns + 1)] = band[start + i];
        }
    }

    /// <summary>Where a diagonal begins in the matrix and in the band, and its length.</summary>
    private (int Matrix, int Band, int Count) Place(int diagonal)
    {
        int count = Math.Max(0, Math.Min(Rows + Math.Min(diagonal, 0), Columns - Math.Max(diagonal, 0)));
        bool left = (diagonal >= 0 && LeftAbove) || (diagonal <= 0 && LeftBelow);
        int start = (Upper - diagonal) * Length + (left ? 0 : Length - count);
        return (Math.Max(0, -diagonal) * Columns + Math.Max(0, diagonal), start, count);
    }
}
