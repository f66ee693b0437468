using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>At which end the rows of a band begin whose diagonals are shorter than others.</summary>
/// <param name="LeftAbove">Diagonals above the main one begin at the left.</param>
/// <param name="LeftBelow">Diagonals below the main one begin at the left.</param>
public readonly record struct DiagonalAlignment(bool LeftAbove, bool LeftBelow)
{
    /// <summary>Some diagonals of matrices.</summary>
    /// <param name="rows">Rows of the matrices.</param>
    /// <param name="columns">Columns of the matrices.</param>
    /// <param name="diagonals">The lowest and the highest diagonal, or the only one; 0 is the main one, those below are negative.</param>
    internal DiagonalBand Band(int rows, int columns, int[] diagonals)
    {
        (int lower, int upper) = Range(diagonals);
        foreach (int diagonal in diagonals)
            Inference.Require(diagonal == 0 || (diagonal > -rows && diagonal < columns),
                $"a matrix of {rows} x {columns} has no diagonal {diagonal}.");
        return new DiagonalBand(rows, columns, lower, upper, LeftAbove, LeftBelow);
    }

    /// <summary>The lowest and the highest diagonal.</summary>
    internal static (int Lower, int Upper) Range(int[] diagonals)
    {
        Inference.Require(diagonals is [_] || (diagonals is [var low, var high] && low <= high),
            $"[{string.Join(",", diagonals)}] is no range of diagonals.");
        return (diagonals[0], diagonals[^1]);
    }
}
