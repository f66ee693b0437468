using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary><c>float(left - leftZeroPoint) * leftMultiplier + float(right - rightZeroPoint) * rightMultiplier</c>.</summary>
/// <param name="leftMultiplier">Scale of the left input over scale of the output.</param>
/// <param name="rightMultiplier">Scale of the right input over scale of the output.</param>
/// <param name="leftZeroPoint">Zero point of the left input.</param>
/// <param name="rightZeroPoint">Zero point of the right input.</param>
internal readonly struct SumOperator(float leftMultiplier, float rightMultiplier, int leftZeroPoint, int rightZeroPoint) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Apply(int left, int right) =>
        (left - leftZeroPoint) * leftMultiplier + (right - rightZeroPoint) * rightMultiplier;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<int> left, Vector128<int> right) =>
        Vector128.ConvertToSingle(left - Vector128.Create(leftZeroPoint)) * leftMultiplier +
        Vector128.ConvertToSingle(right - Vector128.Create(rightZeroPoint)) * rightMultiplier;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<int> left, Vector256<int> right) =>
        Vector256.ConvertToSingle(left - Vector256.Create(leftZeroPoint)) * leftMultiplier +
        Vector256.ConvertToSingle(right - Vector256.Create(rightZeroPoint)) * rightMultiplier;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Apply(Vector512<int> left, Vector512<int> right) =>
        Vector512.ConvertToSingle(left - Vector512.Create(leftZeroPoint)) * leftMultiplier +
        Vector512.ConvertToSingle(right - Vector512.Create(rightZeroPoint)) * rightMultiplier;
}
