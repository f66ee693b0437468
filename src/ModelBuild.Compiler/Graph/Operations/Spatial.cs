namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Output shapes of what moves a window over an image with channels last.</summary>
internal static class Spatial
{
    /// <summary>[n,oh,ow,outputs] of a convolution with weights [kh,kw,...].</summary>
    public static Shape Output(Shape x, Shape weights, (int Height, int Width) strides, (int Height, int Width) dilations, Padding padding, int outputs) =>
        Window(x, (weights[0], weights[1]), strides, dilations, padding, outputs);

    /// <summary>[n,oh,ow,outputs] of a window of a size that is known or not.</summary>
    public static Shape Window(
        Shape x, (int Height, int Width) window, (int Height, int Width) strides, (int Height, int Width) dilations, Padding padding, int outputs) =>
        Window(x, [window.Height, window.Width], [strides.Height, strides.Width], [dilations.Height, dilations.Width], padding, outputs);

    /// <summary>[n, spatial axes, outputs] of a window of a size that is known or not.</summary>
    public static Shape Window(
        Shape x, ReadOnlySpan<int> window, ReadOnlySpan<int> strides, ReadOnlySpan<int> dilations, Padding padding, int outputs)
    {
        RequirePositive(strides, dilations);
        int[] output = x.ToArray();
        output[^1] = outputs;
        for (int axis = 0; axis < window.Length; axis++)
        {
            Inference.Require(window[axis] == Shape.Unknown || window[axis] > 0, $"a window of {window[axis]} is not positive.");
            output[axis + 1] = window[axis] == Shape.Unknown
                ? Shape.Unknown : padding.Resolve(axis, x[axis + 1], window[axis], strides[axis], dilations[axis]).Output;
        }
        return Shape.Of(output);
    }

    /// <summary>[n, spatial axes, outputs] of a convolution with weights [window, channels / groups, outputs].</summary>
    public static Shape Convolution(
        Value image, Value kernel, ReadOnlySpan<int> strides, ReadOnlySpan<int> dilations, Padding padding)
    {
        (Shape x, Shape weights) = (image.Shape, kernel.Shape);
        int rank = strides.Length + 2;
        Inference.RequireRank(image, rank, "the image");
        Inference.RequireRank(kernel, rank, "the weights");
        Inference.RequireSameType([image, kernel], "image and weights");
        if (!x.HasRank || !weights.HasRank) return Shape.OfRank(rank);
        RequireGroups(x, weights, x[-1], weights[-1]);
        return Window(x, weights.Dimensions[..^2], strides, dilations, padding, weights[-1]);
    }

    /// <summary>
    /// [n, spatial axes, outputs] of a transposed convolution with weights [window, outputs / groups, channels]: the shape of the image whose
    /// convolution with these weights gives an image like x.
    /// </summary>
    public static Shape Transposed(
        Value image, Value kernel, Value size, ReadOnlySpan<int> strides, ReadOnlySpan<int> dilations, Padding padding)
    {
        (Shape x, Shape weights) = (image.Shape, kernel.Shape);
        int rank = strides.Length + 2;
        Inference.RequireRank(image, rank, "the image");
        Inference.RequireRank(kernel, rank, "the weights");
        Inference.RequireSameType([image, kernel], "image and weights");
        Shape output = Inference.ShapeOf(size);
        Inference.Require(!output.HasRank || output.Rank == rank, $"{output} is not the shape of a result.");
        if (!output.HasRank) return Shape.OfRank(rank);
        if (!x.HasRank || !weights.HasRank) return output;
        Inference.Merge(x[0], output[0], "images of a transposed convolution");
        RequireGroups(output, weights, output[-1], weights[-1]);
        Inference.Merge(x[-1], weights[-1], "channels of image and weights");
        Shape forward = Window(output, weights.Dimensions[..^2], strides, dilations, padding, weights[-1]);
        for (int axis = 1; axis < rank - 1; axis++)
            Inference.Merge(forward[axis], x[axis], "sizes of an image and of the convolution of the result");
        return output;
    }

    private static void RequireGroups(Shape x, Shape weights, int channels, int outputs)
    {
        bool known = channels != Shape.Unknown && weights[-2] != Shape.Unknown && outputs != Shape.Unknown;
        bool fits = !known || (weights[-2] > 0 && channels % weights[-2] == 0 && outputs % Math.Max(1, channels / weights[-2]) == 0);
        Inference.Require(fits, $"an image {x} does not fit weights {weights} [window, channels / groups, outputs].");
    }

    private static void RequirePositive(ReadOnlySpan<int> strides, ReadOnlySpan<int> dilations)
    {
        foreach (int stride in strides) Inference.Require(stride > 0, "strides must be positive.");
        foreach (int dilation in dilations) Inference.Require(dilation > 0, "dilations must be positive.");
    }
}
