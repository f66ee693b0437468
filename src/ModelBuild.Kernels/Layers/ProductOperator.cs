using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// <c>float(left - leftZeroPoint) * float(right - rightZeroPoint) * multiplier</c>, from left to right; the first product is
/// an integer below 2^16 and so exact.
/// </summary>
/// <param name="multiplier">Product of the inputs' scales over scale of the output.</param>
/// <param name="leftZeroPoint">Zero point of the left input.</param>
/// <param name="rightZeroPoint">Zero point of the right input.</param>
internal readonly struct ProductOperator(float multiplier, int leftZeroPoint, int rightZeroPoint) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Apply(int left, int right) => (float)(left - leftZeroPoint) * (right - rightZeroPoint) * multiplier;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<int> left, Vector128<int> right) =>
        Vector128.ConvertToSingle(left - Vector128.Create(leftZeroPoint)) *
        Vector128.ConvertToSingle(right - Vector128.Create(rightZeroPoint)) * multiplier;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<int> left, Vector256<int> right) =>
        Vector256.ConvertToSingle(left - Vector256.Create(leftZeroPoint)) *
        Vector256.ConvertToSingle(right - Vector256.Create(rightZeroPoint)) * multiplier;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Apply(Vector512<int> left, Vector512<int> right) =>
        Vector512.ConvertToSingle(left - Vector512.Create(leftZeroPoint)) *
        Vector512.ConvertToSingle(right - Vector512.Create(rightZeroPoint)) * multiplier;
}
