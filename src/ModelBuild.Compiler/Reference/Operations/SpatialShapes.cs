using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Sizes of convolutions as the kernels take them.</summary>
internal static class SpatialShapes
{
    /// <param name="x">[n,h,w,c].</param>
    /// <param name="weights">[kh,kw,...].</param>
    /// <param name="output">[n,oh,ow,out].</param>
    /// <param name="strides">Rows and columns.</param>
    /// <param name="dilations">Rows and columns.</param>
    /// <param name="padding">Of rows and columns.</param>
    /// <param name="groups">Groups of channels.</param>
    public static ConvolutionShape Of(
        Shape x, Shape weights, ReadOnlySpan<int> output, (int Height, int Width) strides, (int Height, int Width) dilations, Padding padding, int groups) => new()
    {
        InputHeight = x[1], InputWidth = x[2], InputChannels = x[3],
        OutputHeight = output[1], OutputWidth = output[2], OutputChannels = output[3],
        KernelHeight = weights[0], KernelWidth = weights[1], StrideHeight = strides.Height, StrideWidth = strides.Width,
        DilationHeight = dilations.Height, DilationWidth = dilations.Width, Groups = groups,
        PadTop = padding.Resolve(0, x[1], weights[0], strides.Height, dilations.Height).Before,
        PadLeft = padding.Resolve(1, x[2], weights[1], strides.Width, dilations.Width).Before,
    };
}
