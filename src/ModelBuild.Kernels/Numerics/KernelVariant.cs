namespace ModelBuild.Kernels;

/// <summary>The instruction sets for which multiply-add kernels are written. All give the same bits.</summary>
internal enum KernelVariant
{
    /// <summary>Plain C#: the specification, and the fallback where no vectors are accelerated.</summary>
    Scalar,

    /// <summary>Portable 128-bit vectors: ARM, WebAssembly, x86 without AVX2.</summary>
    Vector128,

    /// <summary>128-bit SDOT of ARM processors (ARMv8.2-DotProd).</summary>
    ArmDp,

    /// <summary>256-bit VPMADDUBSW and VPMADDWD.</summary>
    Avx2,

    /// <summary>256-bit VPDPBUSD.</summary>
    AvxVnni,

    /// <summary>512-bit VPMADDUBSW and VPMADDWD (AVX512BW).</summary>
    Avx512,
}
