using CsCheck;

namespace ModelBuild.Kernels.Tests;

public class ConvolutionInt8Tests
{
    [SkippableTheory]
    [MemberData(nameof(Supported.VariantsAndPlacements), MemberType = typeof(Supported))]
    public void Equals_the_definition(string name, Placement placement)
    {
        KernelVariant variant = Supported.Variant(name);
        Supported.Need(placement);
        ConvolutionCase.Random(depthwise: false).Sample(shape => ConvolutionChecks.Int8(shape, variant, placement), iter: 300);
    }
}
