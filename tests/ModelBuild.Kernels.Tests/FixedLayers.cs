namespace ModelBuild.Kernels.Tests;

/// <summary>A fixed set of layers, checked against the definition in every variant that the process supports.</summary>
internal static class FixedLayers
{
    private static readonly ConvolutionCase[] Cases =
    [
        //  h   w  c/g  o/g  g  k  s  d  same   tight  extreme seed
        new(7, 7, 16, 8, 1, 1, 1, 1, true, false, false, 1),
        new(12, 17, 5, 7, 1, 3, 1, 1, true, false, false, 2),
        new(12, 17, 5, 7, 1, 3, 1, 1, true, true, true, 3),
        new(13, 40, 8, 4, 2, 3, 2, 1, true, false, false, 4),
        new(11, 9, 3, 2, 3, 5, 3, 2, true, true, false, 5),
        new(9, 33, 12, 16, 1, 3, 1, 2, false, false, true, 6),
        new(1, 1, 24, 10, 1, 3, 1, 1, true, true, false, 7),
    ];

    private static readonly ConvolutionCase[] DepthwiseCases =
    [
        new(14, 14, 1, 1, 16, 3, 1, 1, true, false, false, 8),
        new(14, 15, 1, 1, 6, 3, 2, 1, true, false, true, 9),
        new(9, 21, 1, 1, 13, 5, 1, 2, true, true, false, 10),
    ];

    /// <summary>The supported variants, a line each, then a checksum of the outputs of the dispatched kernels.</summary>
    public static string Report()
    {
        foreach (KernelVariant variant in Supported.Variants) Check(variant);
        return string.Join('\n', Supported.Variants) + '\n' + Checksum() + '\n';
    }

    private static void Check(KernelVariant variant)
    {
        foreach (ConvolutionCase shape in Cases)
        {
            ConvolutionChecks.Int8(shape, variant, Placement.Workspace);
            ConvolutionChecks.Hybrid(shape, variant, Placement.Workspace);
            DenseTests.Check(shape with { Height = 1, Width = 1, Kernel = 1, Stride = 1, Groups = 1 }, variant, Placement.Workspace);
        }
        Int16Tests.Check(variant);
        ConvolutionBinaryTests.Check(variant);
        foreach (ConvolutionCase shape in DepthwiseCases)
        {
            ConvolutionChecks.DepthwiseInt8(shape, variant, Placement.Workspace);
            ConvolutionChecks.DepthwiseHybrid(shape, variant, Placement.Workspace);
        }
    }

    /// <summary>Fowler, Noll and Vo's hash, which needs no library of the system: other processors run this under emulation.</summary>
    private static string Checksum()
    {
        const ulong OffsetBasis = 0xCBF29CE484222325, Prime = 0x100000001B3;
        IEnumerable<byte> outputs = Cases.SelectMany(ConvolutionChecks.DispatchedInt8).Concat(DepthwiseCases.SelectMany(ConvolutionChecks.DispatchedDepthwiseInt8));
        return outputs.Aggregate(OffsetBasis, (hash, output) => unchecked((hash ^ output) * Prime)).ToString("X16");
    }
}
