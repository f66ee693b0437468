namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Output shapes of what moves a window over an NHWC image.</summary>
internal static class Spatial
{
    /// <summary>[n,oh,ow,outputs] of a convolution with weights [kh,kw,...].</summary>
    public static Shape Output(Shape x, Shape weights, (int Height, int Width) strides, (int Height, int Width) dilations, Padding padding, int outputs) =>
        Window(x, (weights[0], weights[1]), strides, dilations, padding, outputs);

    /// <summary>[n,oh,ow,outputs] of a window of a size that is known or not.</summary>
    public static Shape Window(
        Shape x, (int Height, int Width) window, (int Height, int Width) strides, (int Height, int Width) dilations, Padding padding, int outputs)
    {
        Inference.Require(strides is { Height: > 0, Width: > 0 } && dilations is { Height: > 0, Width: > 0 }, "strides and dilations must be positive.");
        return Shape.Of(
            x[0],
            window.Height == Shape.Unknown ? Shape.Unknown : padding.Resolve(0, x[1], window.Height, strides.Height, dilations.Height).Output,
            window.Width == Shape.Unknown ? Shape.Unknown : padding.Resolve(1, x[2], window.Width, strides.Width, dilations.Width).Output,
            outputs);
    }
}
