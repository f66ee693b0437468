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

    /// <summary>3x3 kernels of stride 1, in images of one chunk or several, whose last rows, blocks and chunks overlap those before.</summary>
    [SkippableTheory]
    [MemberData(nameof(Supported.VariantsAndPlacements), MemberType = typeof(Supported))]
    public void Equals_the_definition_with_three_by_three_taps(string name, Placement placement)
    {
        KernelVariant variant = Supported.Variant(name);
        Supported.Need(placement);
        (int Height, int Width, int Channels)[] shapes =
        [
            (2, 12, 1), (3, 12, 4), (4, 13, 5), (7, 14, 9), (14, 14, 8), (5, 16, 4), (17, 23, 7), (28, 28, 6), (57, 56, 4), (61, 31, 3), (9, 112, 5),
            (3, 508, 4), (5, 521, 2),
        ];
        foreach ((int height, int width, int channels) in shapes)
        {
            foreach (bool same in new[] { true, false })
            {
                if (!same && height < 4) continue;
                foreach (bool extreme in new[] { true, false })
                {
                    ConvolutionCase shape = new(height, width, 1, 1, channels, 3, 1, 1, same, Tight: extreme == same, extreme, height + width);
                    ConvolutionChecks.DepthwiseInt8(shape, variant, placement);
                }
            }
        }
    }
}
