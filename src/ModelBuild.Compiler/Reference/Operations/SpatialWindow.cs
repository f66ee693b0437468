using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using ImagePatches = ModelBuild.Compiler.Graph.Operations.ImagePatches;
using MaxPoolArgmax = ModelBuild.Compiler.Graph.Operations.MaxPoolArgmax;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>A window over one to three axes of an image or volume.</summary>
/// <param name="Size">Taps, a number an axis.</param>
/// <param name="Strides">From one window to the next.</param>
/// <param name="Dilations">From one tap to the next.</param>
/// <param name="Padding">What lies outside.</param>
internal sealed record SpatialWindow(int[] Size, int[] Strides, int[] Dilations, Padding Padding)
{
    /// <summary>Over images.</summary>
    public static SpatialWindow Of(
        (int Height, int Width) size, (int Height, int Width) strides, (int Height, int Width) dilations, Padding padding) =>
        new([size.Height, size.Width], [strides.Height, strides.Width], [dilations.Height, dilations.Width], padding);

    /// <summary>Over volumes.</summary>
    public static SpatialWindow Of(
        (int Depth, int Height, int Width) size, (int Depth, int Height, int Width) strides,
        (int Depth, int Height, int Width) dilations, Padding padding) => new(
        [size.Depth, size.Height, size.Width], [strides.Depth, strides.Height, strides.Width],
        [dilations.Depth, dilations.Height, dilations.Width], padding);

    /// <summary>Of a convolution whose weights are [kh,kw,...].</summary>
    public static SpatialWindow Of(Convolution convolution, Shape weights) =>
        Of((weights[0], weights[1]), convolution.Strides, convolution.Dilations, convolution.Padding);

    /// <inheritdoc cref="Of(Convolution, Shape)"/>
    public static SpatialWindow Of(DepthwiseConvolution convolution, Shape weights) =>
        Of((weights[0], weights[1]), convolution.Strides, convolution.Dilations, convolution.Padding);

    /// <inheritdoc cref="Of(Convolution, Shape)"/>
    public static SpatialWindow Of(TransposedConvolution convolution, Shape weights) =>
        Of((weights[0], weights[1]), convolution.Strides, convolution.Dilations, convolution.Padding);

    /// <summary>Of a convolution whose weights are [kd,kh,kw,...].</summary>
    public static SpatialWindow Of(Convolution3D convolution, Shape weights) =>
        Of((weights[0], weights[1], weights[2]), convolution.Strides, convolution.Dilations, convolution.Padding);

    /// <inheritdoc cref="Of(Convolution3D, Shape)"/>
    public static SpatialWindow Of(TransposedConvolution3D convolution, Shape weights) =>
        Of((weights[0], weights[1], weights[2]), convolution.Strides, convolution.Dilations, convolution.Padding);

    /// <summary>Of a pool.</summary>
    public static SpatialWindow Of(Pool pool) => Of(pool.Window, pool.Strides, (1, 1), pool.Padding);

    /// <summary>Of a pool.</summary>
    public static SpatialWindow Of(Pool3D pool) => Of(pool.Window, pool.Strides, (1, 1, 1), pool.Padding);

    /// <summary>Of a pool.</summary>
    public static SpatialWindow Of(MaxPoolArgmax pool) => Of(pool.Window, pool.Strides, (1, 1), pool.Padding);

    /// <summary>Of patches.</summary>
    public static SpatialWindow Of(ImagePatches patches) => Of(patches.Window, patches.Strides, patches.Dilations, patches.Padding);

    /// <summary>No place of the window lies outside of an image altogether, which only explicit padding makes possible.</summary>
    public bool AlwaysMeets(Shape image)
    {
        for (int axis = 0; axis < Size.Length; axis++)
        {
            (int output, int before, _) = Padding.Resolve(axis, image[axis + 1], Size[axis], Strides[axis], Dilations[axis]);
            if (before >= Size[axis] || (output - 1) * Strides[axis] - before >= image[axis + 1]) return false;
        }
        return true;
    }

    /// <summary>Places outside before the first input along each axis of an image.</summary>
    public int[] Pads(Shape image) =>
        [.. Size.Select((size, axis) => Padding.Resolve(axis, image[axis + 1], size, Strides[axis], Dilations[axis]).Before)];

    /// <summary>How the outputs meet the inputs.</summary>
    public SpatialAxes Axes(Shape input, Shape output, bool transposed = false) => SpatialAxes.Of(
        input.Dimensions, output.Dimensions, Size, Strides, Dilations, Pads(transposed ? output : input), transposed);
}
