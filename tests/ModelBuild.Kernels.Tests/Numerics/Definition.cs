namespace ModelBuild.Kernels.Tests;

/// <summary>Formulas of the specification, written again.</summary>
internal static class Definition
{
    /// <summary>The byte for a number in units of its scale.</summary>
    public static byte Requantize(float value, int zeroPoint, int minimum = 0, int maximum = 255)
    {
        if (float.IsNaN(value)) return (byte)minimum;
        return (byte)(zeroPoint + (int)Math.Round(Math.Clamp(value, minimum - zeroPoint, maximum - zeroPoint), MidpointRounding.ToEven));
    }
}
