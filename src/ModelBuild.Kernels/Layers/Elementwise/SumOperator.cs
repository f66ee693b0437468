using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary><c>(left - leftZeroPoint) * leftMultiplier + (right - rightZeroPoint) * rightMultiplier</c>; the differences are exact.</summary>
/// <param name="leftMultiplier">Scale of the left input over scale of the output.</param>
/// <param name="rightMultiplier">Scale of the right input over scale of the output.</param>
/// <param name="leftZeroPoint">Zero point of the left input.</param>
/// <param name="rightZeroPoint">Zero point of the right input.</param>
internal readonly struct SumOperator(float leftMultiplier, float rightMultiplier, int leftZeroPoint, int rightZeroPoint) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TVector, TLanes>(TVector left, TVector right) where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        left = TLanes.Multiply(TLanes.Subtract(left, TLanes.Create(leftZeroPoint)), TLanes.Create(leftMultiplier));
        right = TLanes.Multiply(TLanes.Subtract(right, TLanes.Create(rightZeroPoint)), TLanes.Create(rightMultiplier));
        return TLanes.Add(left, right);
    }
}
