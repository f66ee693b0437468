namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Makes matrices of their diagonals, as <see cref="MatrixDiagPart"/> gives them: elements, diagonals (an integer, or the lowest
/// and the highest), rows, columns (an integer each; -1 for as few as possible), padding (one element) -> [...,rows,columns].
/// </summary>
/// <param name="Alignment">Where shorter diagonals begin.</param>
public sealed record MatrixDiag(DiagonalAlignment Alignment) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape elements = inputs[0].Shape;
        Inference.RequireSameType([inputs[0], inputs[4]], "diagonals and padding");
        if (!elements.HasRank || Inference.Integers(inputs[1]) is not { } diagonals) return [(inputs[0].Type, Shape.UnknownRank)];
        (int lower, int upper) = DiagonalAlignment.Range(diagonals);
        int own = lower == upper ? 1 : 2;
        Inference.Require(elements.Rank >= own, $"{elements} does not hold diagonals {lower} to {upper}.");
        if (own == 2) Inference.Merge(elements[-2], upper - lower + 1, "the number of diagonals");
        int? rows = Inference.Integer(inputs[2]), columns = Inference.Integer(inputs[3]);
        bool known = elements[-1] != Shape.Unknown && rows is not null && columns is not null;
        (int height, int width) = known ? Size(elements[-1], lower, upper, rows!.Value, columns!.Value) : (Shape.Unknown, Shape.Unknown);
        return [(inputs[0].Type, Shape.Of([.. elements.Dimensions[..^own], height, width]))];
    }

    /// <summary>Rows and columns of matrices whose longest diagonal of a range has <paramref name="length"/> elements.</summary>
    private static (int Rows, int Columns) Size(int length, int lower, int upper, int rows, int columns)
    {
        (int leastRows, int leastColumns) = (length - Math.Min(upper, 0), length + Math.Max(lower, 0));
        if (rows == -1 && columns == -1) rows = columns = Math.Max(leastRows, leastColumns);
        if (rows == -1) rows = leastRows;
        if (columns == -1) columns = leastColumns;
        bool fits = rows >= leastRows && columns >= leastColumns && (rows == leastRows || columns == leastColumns);
        Inference.Require(fits, $"matrices of {rows} x {columns} have no diagonals {lower} to {upper} of {length} elements.");
        return (rows, columns);
    }
}
