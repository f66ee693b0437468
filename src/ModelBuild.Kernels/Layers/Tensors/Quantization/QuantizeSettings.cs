using System;

namespace ModelBuild.Kernels;

/// <summary>How <see cref="QuantizeTensor"/> quantises.</summary>
/// <param name="Mode">What integers stand for.</param>
/// <param name="Axis">Axis of the slices that have their own ranges, or -1.</param>
/// <param name="HalfToEven">Halves go to the even neighbour, not away from 0; of the scaled mode only.</param>
/// <param name="NarrowRange">The lowest integer is not used; of the scaled mode only.</param>
/// <param name="LeastRange">Least width of the range, relative to its ends; negative takes the range as it is.</param>
internal sealed record QuantizeSettings(QuantizationMode Mode, int Axis, bool HalfToEven, bool NarrowRange, float LeastRange)
{
    /// <summary>The range with 0 in it and as wide as it has to be at least.</summary>
    public (float Minimum, float Maximum) Widen(float minimum, float maximum)
    {
        if (LeastRange < 0) return (minimum, maximum);
        float low = Math.Min(0, minimum);
        float width = Math.Max(1, Math.Max(Math.Abs(minimum), Math.Abs(maximum))) * LeastRange;
        return (low, Math.Max(0, Math.Max(maximum, low + width)));
    }
}
