namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>How a resized pixel is computed of the original ones.</summary>
public enum ResizeKind
{
    /// <summary>The nearest one.</summary>
    Nearest,

    /// <summary>Of the two neighbours along each axis.</summary>
    Bilinear,

    /// <summary>Of four neighbours along each axis.</summary>
    Bicubic,

    /// <summary>The mean of the area it covers.</summary>
    Area,
}

/// <summary>Resizing of NHWC images: x [n,h,w,c], size (integers: height, width) -> [n,height,width,c], float32 unless nearest.</summary>
/// <param name="Kind">How.</param>
/// <param name="AlignCorners">The outer pixels coincide.</param>
/// <param name="HalfPixelCenters">The outer edges coincide. If neither holds, the upper left corners of pixels do.</param>
public sealed record Resize(ResizeKind Kind, bool AlignCorners, bool HalfPixelCenters) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(!AlignCorners || !HalfPixelCenters, "align_corners and half_pixel_centers exclude each other.");
        return [(Kind == ResizeKind.Nearest ? inputs[0].Type : DataType.Float32, Output(inputs[0], inputs[1]))];
    }

    /// <summary>[n,height,width,c].</summary>
    internal static Shape Output(Value image, Value size)
    {
        Shape x = image.Shape;
        Inference.RequireRank(image, 4, "the image");
        Shape target = Inference.ShapeOf(size);
        bool isSize = !target.HasRank || (target.Rank == 2 && target[0] != 0 && target[1] != 0);
        Inference.Require(isSize, $"a size of {target} is not two positive numbers.");
        Inference.Require(!x.HasRank || (x[1] != 0 && x[2] != 0), $"an image {x} has no pixels.");
        if (!target.HasRank) target = Shape.OfRank(2);
        return Shape.Of(x.HasRank ? x[0] : Shape.Unknown, target[0], target[1], x.HasRank ? x[3] : Shape.Unknown);
    }
}
