namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Selection of boxes of high scores that do not overlap much: boxes [n,4] (y, x, y, x of two opposite corners), scores [n], and the scalars
/// most (int32), overlap threshold, score threshold and sigma (of a soft suppression, else 0) -> numbers of the selected boxes (int32), their
/// scores, and how many there are (int32).
/// </summary>
/// <param name="Pad">The first two results are filled up with zeros to the most.</param>
/// <param name="Overlaps">Instead of boxes their overlaps are given: [n,n].</param>
public sealed record NonMaxSuppression(bool Pad, bool Overlaps) : Operation
{
    // More results than this are a damaged number, and no memory is to be taken for them.
    private const int MostPadded = 1 << 26;

    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape boxes, Shape scores) = (inputs[0].Shape, inputs[1].Shape);
        Inference.RequireRank(inputs[0], 2, "the boxes");
        Inference.RequireRank(inputs[1], 1, "the scores");
        bool areNarrow = new[] { inputs[0], inputs[1], inputs[3], inputs[4], inputs[5] }.All(
            value => value.Type is DataType.Float32 or DataType.Float16 or DataType.BFloat16);
        Inference.Require(areNarrow, "boxes, scores and thresholds must be float32 or narrower.");
        int count = scores.HasRank ? scores[0] : Shape.Unknown;
        if (boxes.HasRank)
        {
            Inference.Merge(boxes[0], count, "numbers of boxes and of scores");
            Inference.Merge(boxes[1], Overlaps ? count : 4, Overlaps ? "overlaps of a box" : "sides of a box");
        }
        int? most = Inference.Integer(inputs[2]);
        Inference.Require(most is null or >= 0 && (!Pad || most is null or <= MostPadded), $"{most} boxes cannot be selected.");
        Shape selected = Shape.Of(Pad && most is { } padded ? padded : most == 0 || count == 0 ? 0 : Shape.Unknown);
        return [(DataType.Int32, selected), (inputs[1].Type, selected), (DataType.Int32, Shape.Scalar)];
    }
}
