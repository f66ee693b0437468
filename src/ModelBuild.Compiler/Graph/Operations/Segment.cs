namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>What is computed of the slices of a segment.</summary>
public enum SegmentKind { Sum, Mean, SumOverRoot, Product, Maximum, Minimum }

/// <summary>
/// Reduces slices by the segment they belong to: x, ids (integers, one a slice), optional number of segments (an integer; otherwise
/// the last id + 1) -> [segments, slice...].
/// </summary>
/// <param name="Kind">What is computed; SumOverRoot is the sum over the square root of the number of slices.</param>
/// <param name="Sorted">
/// The ids ascend and a segment without slices is 0, of products 1; otherwise they may stand in any order, negative ones do not
/// count, and a segment without slices of maxima is the least number, of minima the greatest.
/// </param>
public sealed record Segment(SegmentKind Kind, bool Sorted) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape x, Shape ids) = (inputs[0].Shape, inputs[1].Shape);
        int? segments = inputs.Count > 2 ? Inference.Integer(inputs[2])
            : Inference.Integers(inputs[1]) is { } known ? known.Append(-1).Max() + 1 : null;
        Inference.Require(segments is null or >= 0, $"{segments} segments are asked for.");
        if (!x.HasRank || !ids.HasRank) return [(inputs[0].Type, Shape.UnknownRank)];
        Inference.Require(x.Rank >= ids.Rank && (!Sorted || ids.Rank == 1), $"segment ids of the shape {ids} do not fit {x}.");
        for (int axis = 0; axis < ids.Rank; axis++) Inference.Merge(x[axis], ids[axis], "dimensions of segment ids");
        return [(inputs[0].Type, Shape.Of([segments ?? Shape.Unknown, .. x.Dimensions[ids.Rank..]]))];
    }
}
