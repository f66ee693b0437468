using CsCheck;

namespace ModelBuild.Kernels.Tests;

public class ConvolutionHybridTests
{
    [SkippableTheory]
    [MemberData(nameof(Supported.VariantsAndPlacements), MemberType = typeof(Supported))]
    public void Equals_the_definition(string name, Placement placement)
    {
        KernelVariant variant = Supported.Variant(name);
        Supported.Need(placement);
        ConvolutionCase.Random(depthwise: false).Sample(shape => ConvolutionChecks.Hybrid(shape, variant, placement), iter: 300);
    }
}
