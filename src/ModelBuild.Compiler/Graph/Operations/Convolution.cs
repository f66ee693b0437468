namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Convolution over an NHWC image: x [n,h,w,c], weights [kh,kw,c/groups,out], optional bias [out] -> [n,oh,ow,out]. The number of
/// groups follows from the shapes.
/// </summary>
/// <param name="Strides">Rows and columns from one window to the next.</param>
/// <param name="Dilations">Rows and columns from one tap to the next.</param>
/// <param name="Padding">Of rows and columns, with zeros.</param>
/// <param name="Clamp">Fused activation.</param>
public sealed record Convolution((int Height, int Width) Strides, (int Height, int Width) Dilations, Padding Padding, Clamp Clamp) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape x, Shape weights) = (inputs[0].Shape, inputs[1].Shape);
        Inference.RequireRank(inputs[0], 4, "the image");
        Inference.RequireRank(inputs[1], 4, "the weights");
        if (!x.HasRank || !weights.HasRank) return [(inputs[0].Type, Shape.Of(Shape.Unknown, Shape.Unknown, Shape.Unknown, Shape.Unknown))];
        bool known = x[3] != Shape.Unknown && weights[2] != Shape.Unknown;
        bool fits = !known || (weights[2] > 0 && x[3] % weights[2] == 0 && weights[3] % Math.Max(1, x[3] / weights[2]) == 0);
        Inference.Require(fits, $"an image {x} does not fit weights {weights} [height, width, channels / groups, outputs].");
        return [(inputs[0].Type, Spatial.Output(x, weights, Strides, Dilations, Padding, weights[3]))];
    }
}
