namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Depthwise convolution over an NHWC image: x [n,h,w,c], weights [kh,kw,c,multiplier], optional bias [c*multiplier] ->
/// [n,oh,ow,c*multiplier].
/// </summary>
/// <param name="Strides">Rows and columns from one window to the next.</param>
/// <param name="Dilations">Rows and columns from one tap to the next.</param>
/// <param name="Padding">Of rows and columns, with zeros.</param>
/// <param name="Clamp">Fused activation.</param>
public sealed record DepthwiseConvolution((int Height, int Width) Strides, (int Height, int Width) Dilations, Padding Padding, Clamp Clamp) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape x, Shape weights) = (inputs[0].Shape, inputs[1].Shape);
        Inference.RequireRank(inputs[0], 4, "the image");
        Inference.RequireRank(inputs[1], 4, "the weights");
        Inference.RequireSameType(inputs.Take(2), "image and weights");
        if (!x.HasRank || !weights.HasRank) return [(inputs[0].Type, Shape.Of(Shape.Unknown, Shape.Unknown, Shape.Unknown, Shape.Unknown))];
        Inference.Merge(x[3], weights[2], "channels of image and weights");
        return [(inputs[0].Type, Spatial.Output(x, weights, Strides, Dilations, Padding, Inference.Product([weights[2], weights[3]])))];
    }
}
