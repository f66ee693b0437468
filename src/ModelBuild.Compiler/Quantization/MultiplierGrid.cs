namespace ModelBuild.Compiler.Quantization;

/// <summary>
/// The values that requantisation multipliers (input scale * weight scale / output scale) may have: floats whose lower half is zero.
/// Scales of weights are chosen for them, so that nothing is lost, and a multiplier takes two bytes instead of four.
/// </summary>
internal static class MultiplierGrid
{
    private const uint Lower = 0xFFFF;

    // A bias rounded to this part of an output's step is as good as an exact one.
    private const int BiasParts = 64;
    private const int MostBiasShift = 16;

    /// <summary>The nearest value.</summary>
    public static float Round(float multiplier) => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(multiplier) + (Lower >> 1) + 1 & ~Lower);

    /// <summary>The least scale of weights that is not below <paramref name="scale"/> and has a multiplier of the grid.</summary>
    /// <param name="scale">Scale of the weights.</param>
    /// <param name="ratio">Input scale over output scale.</param>
    public static float RoundScaleUp(float scale, float ratio)
    {
        float multiplier = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(scale * ratio) + Lower & ~Lower);
        float rounded = multiplier / ratio;
        return float.IsNormal(multiplier) && float.IsNormal(rounded) ? rounded : scale;
    }

    /// <summary>The scale of weights next to <paramref name="scale"/> whose multiplier has a mantissa of so many bits.</summary>
    public static float RoundScale(float scale, float ratio, int mantissaBits)
    {
        int dropped = 23 - mantissaBits;
        uint half = 1u << dropped - 1, mask = (1u << dropped) - 1;
        float multiplier = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(scale * ratio) + half & ~mask);
        float rounded = multiplier / ratio;
        return float.IsNormal(multiplier) && float.IsNormal(rounded) ? rounded : scale;
    }

    /// <summary>Bits that a bias at scale input * weight may lose: it stays exact to a part of the output's step.</summary>
    public static int BiasShift(IReadOnlyList<float> multipliers)
    {
        double finest = 1.0 / (BiasParts * (double)Math.Max(multipliers.Max(), float.Epsilon));
        return finest < 1 ? 0 : Math.Min((int)Math.Log2(finest), MostBiasShift);
    }
}
