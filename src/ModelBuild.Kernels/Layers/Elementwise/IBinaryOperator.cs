namespace ModelBuild.Kernels;

/// <summary>
/// What <see cref="BinaryInt8"/> does to two quantised values, in float, in units of the output's scale. The order of the
/// operations, each rounded, is part of the definition, so that all widths give the same bits.
/// </summary>
internal interface IBinaryOperator
{
    /// <summary>The result for bytes, 0..255, lane by lane.</summary>
    TVector Apply<TVector, TLanes>(TVector left, TVector right) where TVector : struct where TLanes : IFloatLanes<TVector>;
}
