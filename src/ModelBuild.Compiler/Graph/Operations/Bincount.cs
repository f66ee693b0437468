namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Counts numbers: x [n] or [rows,n] (integers from 0; those from size on do not count), size (an integer), weights of x's shape
/// or of no elements -> how often each number of 0..size-1 occurs, or the sum of its weights.
/// </summary>
/// <param name="Binary">Whether it occurs, instead of how often.</param>
public sealed record Bincount(bool Binary) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        int? size = Inference.Integer(inputs[1]);
        Inference.Require(size is null or >= 0, $"{size} numbers are to be counted.");
        Inference.Require(!x.HasRank || x.Rank is 1 or 2,
            $"numbers to be counted have the shape {x}, which is neither a vector nor a matrix.");
        Shape weights = inputs[2].Shape;
        Inference.Require(!weights.IsStatic || !x.IsStatic || weights.Count == 0 || weights.Equals(x),
            $"weights of the shape {weights} do not fit {x}.");
        return [(inputs[2].Type, x.HasRank ? Shape.Of([.. x.Dimensions[..^1], size ?? Shape.Unknown]) : x)];
    }
}
