namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Cuts boxes out of NHWC images: x [n,h,w,c], boxes [b,4] (top, left, bottom, right; 0 and 1 are the first and last pixel), images [b]
/// (int32, number in the batch), size (integers: height, width) -> float32 [b,height,width,c].
/// </summary>
/// <param name="Nearest">The nearest pixel; else bilinear.</param>
/// <param name="Outside">Value of what lies outside the image.</param>
public sealed record CropAndResize(bool Nearest, float Outside) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape boxes, Shape images) = (inputs[1].Shape, inputs[2].Shape);
        Inference.RequireRank(inputs[1], 2, "the boxes");
        Inference.RequireRank(inputs[2], 1, "the box indices");
        Inference.RequireType(inputs[1], DataType.Float32, "a box");
        Inference.RequireType(inputs[2], DataType.Int32, "a box index");
        if (boxes.HasRank) Inference.Merge(boxes[1], 4, "sides of a box");
        int count = Inference.Merge(
            boxes.HasRank ? boxes[0] : Shape.Unknown, images.HasRank ? images[0] : Shape.Unknown, "numbers of boxes and of box indices");
        int[] output = Resize.Output(inputs[0], inputs[3]).ToArray();
        output[0] = count;
        return [(DataType.Float32, Shape.Of(output))];
    }
}
