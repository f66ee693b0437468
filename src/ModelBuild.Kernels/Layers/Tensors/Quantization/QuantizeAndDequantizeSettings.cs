namespace ModelBuild.Kernels;

/// <summary>How <see cref="QuantizeAndDequantize"/> rounds.</summary>
/// <param name="Bits">Bits of the integers.</param>
/// <param name="IsSigned">There are negative ones.</param>
/// <param name="NarrowRange">The lowest of these is not used.</param>
/// <param name="Limits">Numbers outside the range go to its ends.</param>
/// <param name="HalfToEven">Halves go to the even neighbour, not up.</param>
/// <param name="Axis">Axis of the slices that have their own ranges, or -1.</param>
internal sealed record QuantizeAndDequantizeSettings(int Bits, bool IsSigned, bool NarrowRange, bool Limits, bool HalfToEven, int Axis)
{
    /// <summary>The lowest integer.</summary>
    public long Least => IsSigned ? -(1L << (Bits - 1)) + (NarrowRange ? 1 : 0) : 0;

    /// <summary>The highest integer.</summary>
    public long Greatest => (1L << (IsSigned ? Bits - 1 : Bits)) - 1;
}
