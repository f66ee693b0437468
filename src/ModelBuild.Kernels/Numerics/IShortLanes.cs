namespace ModelBuild.Kernels;

/// <summary>
/// Arithmetic on one or several 32-bit lanes side by side, each an integer, a pair of 16-bit integers or the bits of a float, so that a
/// kernel of 16-bit integers is written once for every width. All forms give the same bits: every operation rounds on its own.
/// </summary>
/// <typeparam name="TVector">The lanes.</typeparam>
internal interface IShortLanes<TVector> where TVector : struct
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The lanes from element <paramref name="index"/> on.</summary>
    static abstract TVector Load(ref int source, nuint index);

    /// <summary>Writes the lanes from element <paramref name="index"/> on.</summary>
    static abstract void Store(TVector value, ref int destination, nuint index);

    /// <summary>An integer a lane from the 16-bit ones from element <paramref name="index"/> on.</summary>
    static abstract TVector LoadShorts(ref short source, nuint index);

    /// <summary>Writes integers that fit into 16 bits from element <paramref name="index"/> on.</summary>
    static abstract void StoreShorts(TVector value, ref short destination, nuint index);

    /// <summary>The same in all lanes.</summary>
    static abstract TVector Create(int value);

    /// <summary>Pairs: <c>sum + left.low * right.low + left.high * right.high</c>; neither product nor sum may leave 32 bits.</summary>
    static abstract TVector MultiplyAdd(TVector sum, TVector left, TVector right);

    /// <summary>Floats of integers, to the nearest.</summary>
    static abstract TVector ToFloat(TVector integers);

    /// <summary>Products of floats.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>Integers <c>roundToEven(clamp(left + right, low, high))</c> of floats; NaN gives <paramref name="low"/>.</summary>
    static abstract TVector RoundSum(TVector left, TVector right, float low, float high);
}
