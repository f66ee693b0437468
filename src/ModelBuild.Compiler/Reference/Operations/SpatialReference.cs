using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>What moves a window over an image, of any number type, by the kernels' plain way.</summary>
internal static class SpatialReference
{
    /// <summary>A convolution or, transposed, its gradient by the image.</summary>
    public static Tensor Convolve(Tensor x, Tensor weights, int[] output, SpatialWindow window, bool transposed) =>
        ElementTypes.Real(x.Type, new Convolution(x, weights, output, window, transposed));

    /// <summary>The greatest or mean of a moving window.</summary>
    public static Tensor Pool(Tensor x, int[] output, SpatialWindow window, bool average) =>
        ElementTypes.Real(x.Type, new Pooling(x, output, window, average));

    private sealed record Convolution(Tensor X, Tensor Weights, int[] Output, SpatialWindow Window, bool Transposed) : IRealWork<Tensor>
    {
        Tensor IRealWork<Tensor>.Run<T>()
        {
            SpatialAxes axes = Window.Axes(X.Shape, Shape.Of(Output), Transposed);
            int groups = SpatialConvolution.Groups(X.Shape.Dimensions, Weights.Shape.Dimensions, Output, Transposed);
            return Tensors.Fill<T>(X.Type, Output, elements =>
                SpatialConvolution.Run(X.Elements<T>(), Weights.Elements<T>(), axes, X.Shape[-1], Output[^1], groups, elements.AsSpan()));
        }
    }

    private sealed record Pooling(Tensor X, int[] Output, SpatialWindow Window, bool Average) : IRealWork<Tensor>
    {
        Tensor IRealWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, Output, elements =>
            SpatialPool.Run(X.Elements<T>(), Window.Axes(X.Shape, Shape.Of(Output)), X.Shape[-1], Average, elements.AsSpan()));
    }
}
