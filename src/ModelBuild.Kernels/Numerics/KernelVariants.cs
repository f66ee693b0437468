using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Chooses the kernel variant of each family for the CPU it runs on: the only place where this is decided.</summary>
internal static class KernelVariants
{
    /// <summary>
    /// For convolutions. 256-bit VPDPBUSD comes before 512-bit VPMADDUBSW, half as wide though it is: measured 1.4 times faster on layers
    /// of eight-bit weights, whose runs of 16-bit sums are two or three entries long, since it neither widens nor splits.
    /// .NET 10 has no 512-bit VPDPBUSD: <c>AvxVnniInt8.V512</c> is of AVX10.2 processors. A variant for it comes before this one.
    /// </summary>
    public static KernelVariant Convolution { get; } = DotProduct() ?? WidestWithoutDotProduct();

    /// <summary>
    /// For convolutions whose weights are small enough for long runs of 16-bit sums: the widest vectors then are 1.2 to 1.6 times faster than
    /// 256-bit VPDPBUSD, measured layer by layer. With other instructions there is nothing to choose.
    /// </summary>
    public static KernelVariant ConvolutionOfSmallWeights { get; } =
        Convolution == KernelVariant.AvxVnni && IsSupported(KernelVariant.Avx512) ? KernelVariant.Avx512 : Convolution;

    /// <summary>
    /// For depthwise convolutions. With 256-bit VPDPBUSD those of 3x3 taps and stride 1 are 1.1 to 1.3 times faster than with 512-bit
    /// VPMADDUBSW (eight-bit weights, images of 14x14 pixels or more), though bytes must be interleaved for it; others take the widest
    /// VPMADDUBSW even so.
    /// </summary>
    public static KernelVariant Depthwise { get; } =
        IsSupported(KernelVariant.AvxVnni) ? KernelVariant.AvxVnni : WidestWithoutDotProduct();

    /// <summary>For dense layers, where memory is the limit and the fewest instructions a weight win.</summary>
    public static KernelVariant Dense { get; } = DotProduct() ?? WidestWithoutDotProduct();

    /// <summary>For element-wise layers, conversions and pools.</summary>
    public static KernelVariant Elementwise { get; } = WidestWithoutDotProduct();

    /// <summary>True if this CPU (and run-time configuration) has the instructions of <paramref name="variant"/>.</summary>
    public static bool IsSupported(KernelVariant variant) => variant switch
    {
        KernelVariant.Avx512 => Avx512BW.IsSupported,
        KernelVariant.AvxVnni => AvxVnni.IsSupported,
        KernelVariant.Avx2 => Avx2.IsSupported,
        KernelVariant.ArmDp => Dp.IsSupported,
        KernelVariant.Vector128 => Vector128.IsHardwareAccelerated,
        _ => true,
    };

    /// <summary>Instructions that sum the products of four bytes.</summary>
    private static KernelVariant? DotProduct() =>
        IsSupported(KernelVariant.AvxVnni) ? KernelVariant.AvxVnni :
        IsSupported(KernelVariant.ArmDp) ? KernelVariant.ArmDp :
        null;

    private static KernelVariant WidestWithoutDotProduct() =>
        IsSupported(KernelVariant.Avx512) ? KernelVariant.Avx512 :
        IsSupported(KernelVariant.Avx2) ? KernelVariant.Avx2 :
        IsSupported(KernelVariant.Vector128) ? KernelVariant.Vector128 :
        KernelVariant.Scalar;
}
