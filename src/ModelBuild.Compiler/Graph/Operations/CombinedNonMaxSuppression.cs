namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Non-maximum suppression class by class, and the best of all classes: boxes [b,n,classes or 1,4], scores [b,n,classes], and the scalars
/// most of a class, most in all (int32), overlap and score threshold -> boxes [b,most,4], scores [b,most], classes [b,most] (float32), padded
/// with zeros, and how many are valid [b] (int32).
/// </summary>
/// <param name="PadPerClass">The results are no longer than the most of a class times the classes.</param>
/// <param name="Clip">Output boxes are cut to 0..1.</param>
public sealed record CombinedNonMaxSuppression(bool PadPerClass, bool Clip) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape boxes, Shape scores) = (inputs[0].Shape, inputs[1].Shape);
        Inference.RequireRank(inputs[0], 4, "the boxes");
        Inference.RequireRank(inputs[1], 3, "the scores");
        foreach (Value value in new[] { inputs[0], inputs[1], inputs[4], inputs[5] })
            Inference.RequireType(value, DataType.Float32, "a box, score or threshold");
        int classes = scores.HasRank ? scores[2] : Shape.Unknown, batch = scores.HasRank ? scores[0] : Shape.Unknown;
        if (boxes.HasRank)
        {
            batch = Inference.Merge(boxes[0], batch, "images of boxes and scores");
            if (scores.HasRank) Inference.Merge(boxes[1], scores[1], "numbers of boxes and of scores");
            if (boxes[2] != 1) Inference.Merge(boxes[2], classes, "classes of boxes and scores");
            Inference.Merge(boxes[3], 4, "sides of a box");
        }
        int most = Most(Inference.Integer(inputs[2]), Inference.Integer(inputs[3]), classes);
        Shape rows = Shape.Of(batch, most);
        return
        [
            (DataType.Float32, Shape.Of(batch, most, 4)), (DataType.Float32, rows), (DataType.Float32, rows), (DataType.Int32, Shape.Of(batch)),
        ];
    }

    private int Most(int? ofClass, int? inAll, int classes)
    {
        Inference.Require(ofClass is null or > 0 && inAll is null or > 0, "the most boxes to select must be positive.");
        if (!PadPerClass) return inAll ?? Shape.Unknown;
        if (ofClass is null || inAll is null || classes == Shape.Unknown) return Shape.Unknown;
        return (int)Math.Min((long)ofClass.Value * classes, inAll.Value);
    }
}
