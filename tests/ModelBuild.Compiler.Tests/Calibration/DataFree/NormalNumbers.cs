namespace ModelBuild.Compiler.Tests.Calibration.DataFree;

/// <summary>Numbers with a normal distribution (Box and Muller 1958).</summary>
internal static class NormalNumbers
{
    /// <summary>A number with a mean of 0 and a variance of 1.</summary>
    public static double Next(Random random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
