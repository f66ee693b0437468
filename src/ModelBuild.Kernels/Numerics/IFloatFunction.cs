namespace ModelBuild.Kernels;

/// <summary>A function of one float, for any number of lanes.</summary>
internal interface IFloatFunction
{
    /// <summary>The function's value, lane by lane.</summary>
    static abstract TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>;
}
