using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// <c>(left - leftZeroPoint) * (right - rightZeroPoint) * multiplier</c>, from left to right; the first product is an integer
/// below 2^16 and so exact.
/// </summary>
/// <param name="multiplier">Product of the inputs' scales over scale of the output.</param>
/// <param name="leftZeroPoint">Zero point of the left input.</param>
/// <param name="rightZeroPoint">Zero point of the right input.</param>
internal readonly struct ProductOperator(float multiplier, int leftZeroPoint, int rightZeroPoint) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TVector, TLanes>(TVector left, TVector right) where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        left = TLanes.Subtract(left, TLanes.Create(leftZeroPoint));
        right = TLanes.Subtract(right, TLanes.Create(rightZeroPoint));
        return TLanes.Multiply(TLanes.Multiply(left, right), TLanes.Create(multiplier));
    }
}
