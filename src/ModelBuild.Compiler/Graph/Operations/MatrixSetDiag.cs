namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Replaces diagonals of matrices: x [...,m,n], their elements as <see cref="MatrixDiagPart"/> gives them, diagonals -> x's shape.
/// </summary>
/// <param name="Alignment">Where shorter diagonals begin.</param>
public sealed record MatrixSetDiag(DiagonalAlignment Alignment) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape x, Shape elements) = (inputs[0].Shape, inputs[1].Shape);
        Inference.RequireSameType(inputs.Take(2), "a matrix and its diagonals");
        if (!x.HasRank || !elements.HasRank || Inference.Integers(inputs[2]) is not { } diagonals) return [(inputs[0].Type, x)];
        int[] expected = [.. x.Dimensions[..^2], .. MatrixDiagPart.Dimensions(x, diagonals, Alignment)];
        Inference.Merge(Shape.Of(expected), elements, "shape of the diagonals");
        return [(inputs[0].Type, x)];
    }
}
