using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// What becomes of a convolution's accumulators. Implemented by structs, so that kernels get it compiled in. Each method takes
/// the accumulators of outputs 4 * quad .. + 3 for some pixels from <c>pixel</c> on and writes them to the buffer that begins at
/// <c>output</c>. <c>ByOutput</c>: one vector an output, one lane a pixel. <c>ByPixel</c>: in each 128 bits of vector k the four outputs
/// of one pixel; the 128-bit blocks are pixels k, k + 4, k + 8, k + 12.
/// </summary>
internal interface IConvolutionSink
{
    /// <summary>One pixel.</summary>
    void Finish(ref byte output, int quad, int pixel, int sum0, int sum1, int sum2, int sum3);

    /// <summary>Four pixels.</summary>
    void ByOutput(ref byte output, int quad, int pixel, Vector128<int> sums0, Vector128<int> sums1, Vector128<int> sums2, Vector128<int> sums3);

    /// <summary>Eight pixels. AVX2.</summary>
    void ByOutput(ref byte output, int quad, int pixel, Vector256<int> sums0, Vector256<int> sums1, Vector256<int> sums2, Vector256<int> sums3);

    /// <summary>Sixteen pixels. AVX-512.</summary>
    void ByOutput(ref byte output, int quad, int pixel, Vector512<int> sums0, Vector512<int> sums1, Vector512<int> sums2, Vector512<int> sums3);

    /// <summary>Four pixels.</summary>
    void ByPixel(ref byte output, int quad, int pixel, Vector128<int> sums0, Vector128<int> sums1, Vector128<int> sums2, Vector128<int> sums3);

    /// <summary>Eight pixels. AVX2.</summary>
    void ByPixel(ref byte output, int quad, int pixel, Vector256<int> sums0, Vector256<int> sums1, Vector256<int> sums2, Vector256<int> sums3);

    /// <summary>Sixteen pixels. AVX-512.</summary>
    void ByPixel(ref byte output, int quad, int pixel, Vector512<int> sums0, Vector512<int> sums1, Vector512<int> sums2, Vector512<int> sums3);
}
