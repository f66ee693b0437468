namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Cuts a box out: x, begin, size (integers, one an axis; a size of -1 takes the rest) -> the box.</summary>
public sealed record Slice : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        long?[]? begin = Inference.KnownIntegers(inputs[1]), size = Inference.KnownIntegers(inputs[2]);
        int? rank = x.HasRank ? x.Rank : begin?.Length ?? size?.Length;
        if (rank is null) return [(inputs[0].Type, Shape.UnknownRank)];
        if (!x.HasRank) x = Shape.OfRank(rank.Value);
        begin ??= new long?[x.Rank];
        size ??= new long?[x.Rank];
        Inference.Require(begin.Length == x.Rank && size.Length == x.Rank,
            $"begin and size have {begin.Length} and {size.Length} numbers for the shape {x}.");
        return [(inputs[0].Type, Shape.Of([.. Enumerable.Range(0, x.Rank).Select(axis => Size(x[axis], begin[axis], size[axis]))]))];
    }

    private static int Size(int dimension, long? begin, long? size)
    {
        long? whole = dimension == Shape.Unknown ? null : dimension, length = size == -1 ? whole - begin : size;
        Inference.Require((begin ?? 0) >= 0 && (length ?? 0) >= 0 && !(begin + length > whole),
            $"{size} elements from {begin} on reach outside a dimension of {dimension}.");
        return (int)(length ?? Shape.Unknown);
    }
}
