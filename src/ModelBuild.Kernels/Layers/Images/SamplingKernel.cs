using System;

namespace ModelBuild.Kernels;

/// <summary>Functions that weigh a pixel by its distance, as TensorFlow's ScaleAndTranslate names them without the underscores.</summary>
internal enum SamplingKernel
{
    Lanczos1,
    Lanczos3,
    Lanczos5,
    Gaussian,
    Box,
    Triangle,
    KeysCubic,
    MitchellCubic,
}

/// <summary>The functions of <see cref="SamplingKernel"/>.</summary>
internal static class SamplingKernels
{
    private const float GaussianRadius = 1.5f;

    /// <summary>So near to its middle a windowed sine is 1.</summary>
    private const float SineMiddle = 1e-3f;

    /// <summary>Distance from which on the weight is 0.</summary>
    public static float Radius(SamplingKernel kernel) => kernel switch
    {
        SamplingKernel.Lanczos1 or SamplingKernel.Box or SamplingKernel.Triangle => 1,
        SamplingKernel.Lanczos3 => 3,
        SamplingKernel.Lanczos5 => 5,
        SamplingKernel.Gaussian => GaussianRadius,
        _ => 2,
    };

    /// <summary>Weight at a distance of at least 0.</summary>
    public static float Weight(SamplingKernel kernel, float x) => kernel switch
    {
        SamplingKernel.Box => x < 0.5f ? 1 : x == 0.5f ? 0.5f : 0,
        SamplingKernel.Triangle => Math.Max(1 - x, 0),
        SamplingKernel.Gaussian => x >= GaussianRadius ? 0 : MathF.Exp(-x * x / (2 * (GaussianRadius / 3) * (GaussianRadius / 3))),
        SamplingKernel.KeysCubic => Cubic(x, 1.5f, -2.5f, 1, -0.5f, 2.5f, -4, 2),
        SamplingKernel.MitchellCubic => Cubic(x, 7 / 6f, -2, 8 / 9f, -7 / 18f, 2, -10 / 3f, 16 / 9f),
        _ => Lanczos(x, Radius(kernel)),
    };

    /// <summary>c3 x^3 + c2 x^2 + c0 below 1, d3 x^3 + d2 x^2 + d1 x + d0 from 1 to 2.</summary>
    private static float Cubic(float x, float c3, float c2, float c0, float d3, float d2, float d1, float d0) =>
        x >= 2 ? 0 : x >= 1 ? ((d3 * x + d2) * x + d1) * x + d0 : (c3 * x + c2) * x * x + c0;

    private static float Lanczos(float x, float radius)
    {
        if (x > radius) return 0;
        if (x <= SineMiddle) return 1;
        float angle = MathF.PI * x;
        return radius * MathF.Sin(angle) * MathF.Sin(angle / radius) / (angle * angle);
    }
}
