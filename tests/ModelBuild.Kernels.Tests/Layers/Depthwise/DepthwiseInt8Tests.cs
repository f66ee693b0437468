using CsCheck;

namespace ModelBuild.Kernels.Tests;

public class DepthwiseInt8Tests
{
    [SkippableTheory]
    [MemberData(nameof(Supported.VariantsAndPlacements), MemberType = typeof(Supported))]
    public void Equals_the_definition(string name, Placement placement)
    {
        KernelVariant variant = Supported.Variant(name);
        Supported.Need(placement);
        ConvolutionCase.Random(depthwise: true).Sample(shape => ConvolutionChecks.DepthwiseInt8(shape, variant, placement), iter: 300);
    }
}
