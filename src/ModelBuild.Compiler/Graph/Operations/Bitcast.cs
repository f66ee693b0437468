namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// The bytes of an array as elements of another type: x -> the same shape, with a dimension more where the new elements are
/// shorter, and without the last, which has to fill one, where they are longer.
/// </summary>
/// <param name="To">The new type.</param>
public sealed record Bitcast(DataType To) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        (int from, int to) = (inputs[0].Type.Bytes, To.Bytes);
        if (!x.HasRank || from == to) return [(To, x)];
        if (from > to) return [(To, Shape.Of([.. x.Dimensions, from / to]))];
        bool isFilled = x.Rank > 0 && (x[-1] == to / from || x[-1] == Shape.Unknown);
        Inference.Require(isFilled, $"the last dimension of {x} does not fill elements of the type {To}.");
        return [(To, Shape.Of(x.Dimensions[..^1]))];
    }
}
