namespace ModelBuild.Kernels;

/// <summary>
/// Arithmetic on one or several floats side by side, so that a float kernel is written once for every width: with
/// <typeparamref name="TVector"/> a float (one lane) or a hardware vector.
/// </summary>
/// <remarks>Each operation rounds on its own, except <see cref="MultiplyAdd"/>: what must give the same bits everywhere avoids it.</remarks>
/// <typeparam name="TVector">The floats.</typeparam>
internal interface IFloatLanes<TVector> where TVector : struct
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The floats from element <paramref name="index"/> on.</summary>
    static abstract TVector Load(ref float source, nuint index);

    /// <summary>Writes the floats from element <paramref name="index"/> on.</summary>
    static abstract void Store(TVector value, ref float destination, nuint index);

    /// <summary>The bytes from element <paramref name="index"/> on, as floats.</summary>
    static abstract TVector LoadBytes(ref byte source, nuint index);

    /// <summary>Writes the bytes for <paramref name="value"/>, in units of their scale, from element <paramref name="index"/> on.</summary>
    static abstract void StoreBytes(TVector value, Requantization requantization, ref byte destination, nuint index);

    /// <summary>The same float in all lanes.</summary>
    static abstract TVector Create(float value);

    static abstract TVector Add(TVector left, TVector right);
    static abstract TVector Subtract(TVector left, TVector right);
    static abstract TVector Multiply(TVector left, TVector right);
    static abstract TVector Divide(TVector left, TVector right);
    static abstract TVector SquareRoot(TVector value);

    /// <summary><c>left * right + addend</c>, rounded once where the CPU can, twice elsewhere.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>To the nearest integer, ties to even.</summary>
    static abstract TVector Round(TVector value);

    /// <summary>Lane by lane <c>left &lt; right ? less : other</c>; a NaN gives <paramref name="other"/>.</summary>
    static abstract TVector SelectLess(TVector left, TVector right, TVector less, TVector other);

    /// <summary>2 to the power of <paramref name="exponent"/>, an integer in [-126, 127].</summary>
    static abstract TVector PowerOfTwo(TVector exponent);

    /// <summary>The exponent e of normal, positive values m * 2^e with m in [1, 2).</summary>
    static abstract TVector Exponent(TVector value);

    /// <summary>The m of normal, positive values m * 2^e with m in [1, 2).</summary>
    static abstract TVector Mantissa(TVector value);
}
