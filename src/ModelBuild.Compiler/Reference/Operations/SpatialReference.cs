using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>What moves a window over an image, of any number type, by the kernels' plain way.</summary>
internal static class SpatialReference
{
    /// <summary>A window over an image.</summary>
    /// <param name="Size">Taps, a number an axis.</param>
    /// <param name="Strides">From one window to the next.</param>
    /// <param name="Dilations">From one tap to the next.</param>
    /// <param name="Padding">What lies outside.</param>
    public sealed record Window(int[] Size, int[] Strides, int[] Dilations, Padding Padding)
    {
        /// <summary>Places outside before the first input along each axis of an image.</summary>
        public int[] Pads(Shape image) =>
            [.. Size.Select((size, axis) => Padding.Resolve(axis, image[axis + 1], size, Strides[axis], Dilations[axis]).Before)];

        /// <summary>How the outputs meet the inputs.</summary>
        public SpatialAxes Axes(Shape input, Shape output, bool transposed = false) => SpatialAxes.Of(
            input.Dimensions, output.Dimensions, Size, Strides, Dilations, Pads(transposed ? output : input), transposed);
    }

    /// <summary>A convolution or, transposed, its gradient by the image.</summary>
    public static Tensor Convolve(Tensor x, Tensor weights, int[] output, Window window, bool transposed) =>
        ElementTypes.Real(x.Type, new Convolution(x, weights, output, window, transposed));

    /// <summary>The greatest or mean of a moving window.</summary>
    public static Tensor Pool(Tensor x, int[] output, Window window, bool average) =>
        ElementTypes.Real(x.Type, new Pooling(x, output, window, average));

    private sealed record Convolution(Tensor X, Tensor Weights, int[] Output, Window Window, bool Transposed) : IRealWork<Tensor>
    {
        Tensor IRealWork<Tensor>.Run<T>()
        {
            SpatialAxes axes = Window.Axes(X.Shape, Shape.Of(Output), Transposed);
            int groups = SpatialConvolution.Groups(X.Shape.Dimensions, Weights.Shape.Dimensions, Output, Transposed);
            return Tensors.Fill<T>(X.Type, Output, elements =>
                SpatialConvolution.Run(X.Elements<T>(), Weights.Elements<T>(), axes, X.Shape[-1], Output[^1], groups, elements.AsSpan()));
        }
    }

    private sealed record Pooling(Tensor X, int[] Output, Window Window, bool Average) : IRealWork<Tensor>
    {
        Tensor IRealWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, Output, elements =>
            SpatialPool.Run(X.Elements<T>(), Window.Axes(X.Shape, Shape.Of(Output)), X.Shape[-1], Average, elements.AsSpan()));
    }
}
