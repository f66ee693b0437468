namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Reads diagonals of matrices: x [...,m,n], diagonals (an integer, or the lowest and the highest), padding (one element) ->
/// [...,diagonals from the highest,longest], the dimension of diagonals left out where there is one.
/// </summary>
/// <param name="Alignment">Where shorter diagonals begin.</param>
public sealed record MatrixDiagPart(DiagonalAlignment Alignment) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        Inference.RequireSameType([inputs[0], inputs[2]], "a matrix and the padding");
        if (!x.HasRank || Inference.Integers(inputs[1]) is not { } diagonals) return [(inputs[0].Type, Shape.UnknownRank)];
        return [(inputs[0].Type, Shape.Of([.. x.Dimensions[..^2], .. Dimensions(x, diagonals, Alignment)]))];
    }

    /// <summary>The last dimensions of the diagonals of <paramref name="x"/>.</summary>
    internal static int[] Dimensions(Shape x, int[] diagonals, DiagonalAlignment alignment)
    {
        Inference.Require(x.Rank >= 2, $"{x} is no matrix.");
        (int lower, int upper) = DiagonalAlignment.Range(diagonals);
        int length = x[-2] == Shape.Unknown || x[-1] == Shape.Unknown ? Shape.Unknown : alignment.Band(x[-2], x[-1], diagonals).Length;
        return lower == upper ? [length] : [upper - lower + 1, length];
    }
}
