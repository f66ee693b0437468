namespace ModelBuild.Benchmarks.Comparison;

/// <summary>Figures of several ratios, of which those that are not known are left out; null if none is.</summary>
internal static class Ratios
{
    /// <summary>The geometric mean, in which twice and half as fast make up for each other.</summary>
    public static double? GeometricMean(IEnumerable<double?> ratios)
    {
        double[] known = [.. ratios.OfType<double>()];
        return known.Length == 0 ? null : Math.Exp(known.Average(Math.Log));
    }

    /// <summary>The least.</summary>
    public static double? Worst(IEnumerable<double?> ratios) => ratios.Min();
}
