using CsCheck;

namespace ModelBuild.Kernels.Tests;

/// <summary>The shape, numbers and contents of one convolution, dense in its parameters so that a failure prints itself.</summary>
/// <param name="Tight">True for buffers without the room for whole vectors that lowering gives.</param>
/// <param name="Extreme">True for weights of +-127 and activations of 0 and 255, which saturate 16-bit pair sums.</param>
public sealed record ConvolutionCase(
    int Height, int Width, int ChannelsPerGroup, int OutputsPerGroup, int Groups, int Kernel, int Stride, int Dilation, bool Same, bool Tight,
    bool Extreme, int Seed)
{
    public int Channels => ChannelsPerGroup * Groups;

    public int Outputs => OutputsPerGroup * Groups;

    private int Extent => (Kernel - 1) * Dilation + 1;

    public int OutputHeight => Same ? (Height + Stride - 1) / Stride : (Height - Extent) / Stride + 1;

    public int OutputWidth => Same ? (Width + Stride - 1) / Stride : (Width - Extent) / Stride + 1;

    public int PadTop => Same ? Math.Max((OutputHeight - 1) * Stride + Extent - Height, 0) / 2 : 0;

    public int PadLeft => Same ? Math.Max((OutputWidth - 1) * Stride + Extent - Width, 0) / 2 : 0;

    /// <summary>Random cases whose output is not empty.</summary>
    public static Gen<ConvolutionCase> Random(bool depthwise) =>
        from height in Gen.Int[1, 13]
        from width in Gen.Int[1, 40]
        from channels in Gen.Int[1, 19]
        from outputs in Gen.Int[1, 11]
        from groups in Gen.Int[1, 5]
        from kernel in Gen.Int[1, 5]
        from stride in Gen.Int[1, 3]
        from dilation in Gen.Int[1, 3]
        from same in Gen.Bool
        from tight in Gen.Bool
        from extreme in Gen.Bool
        from seed in Gen.Int[0, 1 << 30]
        let extent = (kernel - 1) * dilation + 1
        select new ConvolutionCase(
            height, width, depthwise ? 1 : channels, depthwise ? 1 : outputs, depthwise ? channels : groups, kernel, stride, dilation,
            same || extent > Math.Min(height, width), tight, extreme, seed);
}
