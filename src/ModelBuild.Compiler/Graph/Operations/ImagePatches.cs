namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>The pixels of each window in the channels of one pixel, zeros outside: x [n,h,w,c] -> [n,oh,ow,kh*kw*c].</summary>
/// <param name="Window">Rows and columns.</param>
/// <param name="Strides">Rows and columns from one window to the next.</param>
/// <param name="Dilations">Rows and columns from one tap to the next.</param>
/// <param name="Padding">Of rows and columns, with zeros.</param>
public sealed record ImagePatches(
    (int Height, int Width) Window, (int Height, int Width) Strides, (int Height, int Width) Dilations, Padding Padding) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        Inference.RequireRank(inputs[0], 4, "the image");
        if (!x.HasRank) return [(inputs[0].Type, Shape.OfRank(4))];
        return [(inputs[0].Type, Spatial.Window(x, Window, Strides, Dilations, Padding, Inference.Product([Window.Height, Window.Width, x[3]])))];
    }
}
