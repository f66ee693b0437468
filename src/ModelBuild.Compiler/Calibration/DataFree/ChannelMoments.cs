namespace ModelBuild.Compiler.Calibration.DataFree;

/// <summary>What is foretold of the elements of a channel, without data.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Variance">Their variance.</param>
/// <param name="Low">What hardly any of them is below.</param>
/// <param name="High">What hardly any of them is above.</param>
internal readonly record struct ChannelMoments(double Mean, double Variance, double Low, double High)
{
    /// <summary>
    /// How many standard deviations a normal distribution reaches to each side (Nagel et al. 2019, https://arxiv.org/abs/1906.04721,
    /// section 5): what networks compute has heavier tails than the distribution.
    /// </summary>
    public const double Reach = 6;

    // Points at which functions are integrated, and how far out, in standard deviations.
    private const int Points = 257;
    private const double Outermost = 8;

    /// <summary>The square root of the variance.</summary>
    public double Deviation => Math.Sqrt(Variance);

    /// <summary>All of it can be computed with.</summary>
    public bool IsFinite => double.IsFinite(Mean) && double.IsFinite(Variance) && double.IsFinite(Low) && double.IsFinite(High);

    /// <summary>A normal distribution.</summary>
    public static ChannelMoments Normal(double mean, double variance)
    {
        double reach = Reach * Math.Sqrt(variance);
        return new ChannelMoments(mean, variance, mean - reach, mean + reach);
    }

    /// <summary>A uniform distribution.</summary>
    public static ChannelMoments Uniform(double low, double high) => new((low + high) / 2, (high - low) * (high - low) / 12, low, high);

    /// <summary>Of x * <paramref name="factor"/> + <paramref name="addend"/>.</summary>
    public ChannelMoments Affine(double factor, double addend)
    {
        double low = Low * factor + addend, high = High * factor + addend;
        return new ChannelMoments(Mean * factor + addend, Variance * factor * factor, Math.Min(low, high), Math.Max(low, high));
    }

    /// <summary>
    /// Of the sum with something that does not depend on it: means add, variances add, and so do the squares of what either reaches beyond
    /// its mean, which is exact for normal distributions.
    /// </summary>
    public ChannelMoments Plus(ChannelMoments other)
    {
        double mean = Mean + other.Mean;
        double below = Root(Mean - Low, other.Mean - other.Low), above = Root(High - Mean, other.High - other.Mean);
        return new ChannelMoments(mean, Variance + other.Variance, mean - below, mean + above);

        static double Root(double a, double b) => Math.Sqrt(a * a + b * b);
    }

    /// <summary>
    /// Of the mean of so many pixels of the channel: between that of pixels that are alike, which is that of one, and that of independent
    /// ones, whose deviation is divided by the root of their number, the geometric mean.
    /// </summary>
    public ChannelMoments Averaged(int pixels)
    {
        double factor = 1 / Math.Sqrt(Math.Sqrt(pixels));
        return Affine(factor, Mean * (1 - factor));
    }

    /// <summary>Of the product with something that does not depend on it, such as a gate.</summary>
    public ChannelMoments Times(ChannelMoments other)
    {
        double variance = Variance * other.Variance + Variance * other.Mean * other.Mean + other.Variance * Mean * Mean;
        double[] ends = [Low * other.Low, Low * other.High, High * other.Low, High * other.High];
        return new ChannelMoments(Mean * other.Mean, variance, ends.Min(), ends.Max());
    }

    /// <summary>
    /// Of the elements limited to a range, their distribution taken as normal: what lies outside counts at the ends, what lies inside as a
    /// truncated normal distribution.
    /// </summary>
    public ChannelMoments Clip(double minimum, double maximum)
    {
        (double low, double high) = (Math.Clamp(Low, minimum, maximum), Math.Clamp(High, minimum, maximum));
        double deviation = Deviation;
        if (deviation == 0) return new ChannelMoments(Math.Clamp(Mean, minimum, maximum), 0, low, high);
        End from = End.At(minimum, Mean, deviation), to = End.At(maximum, Mean, deviation);
        double inside = to.Below - from.Below, slope = from.Density - to.Density;
        double first = from.Value * from.Below + to.Value * (1 - to.Below) + Mean * inside + deviation * slope;
        // Around the mean of the result, so that a large one does not cost digits.
        double shift = Mean - first, atLow = from.Value - first, atHigh = to.Value - first;
        double second = atLow * atLow * from.Below + atHigh * atHigh * (1 - to.Below) + (shift * shift + Variance) * inside
            + 2 * shift * deviation * slope + Variance * (from.Position * from.Density - to.Position * to.Density);
        return new ChannelMoments(Math.Clamp(first, low, high), Math.Max(0, second), low, high);
    }

    /// <summary>Of a function of the elements, their distribution taken as normal as far as it reaches.</summary>
    /// <param name="function">Gives its values at some points.</param>
    public ChannelMoments Through(Func<float[], float[]> function)
    {
        (double mean, double deviation, double low, double high) = (Mean, Deviation, Low, High);
        IEnumerable<int> points = Enumerable.Range(0, Points);
        float[] inside = function([.. points.Select(i => (float)Math.Clamp(mean + deviation * Position(i), low, high))]);
        float[] reached = function([.. points.Select(i => (float)(low + (high - low) * i / (Points - 1)))]);
        double total = 0, first = 0, second = 0;
        for (int i = 0; i < Points; i++)
        {
            double weight = NormalDistribution.Density(Position(i));
            (total, first) = (total + weight, first + weight * inside[i]);
        }
        first /= total;
        for (int i = 0; i < Points; i++) second += NormalDistribution.Density(Position(i)) * (inside[i] - first) * (inside[i] - first);
        return new ChannelMoments(first, second / total, reached.Min(), reached.Max());

        static double Position(int i) => Outermost * (2.0 * i / (Points - 1) - 1);
    }

    /// <summary>An end of a range beside a normal distribution.</summary>
    /// <param name="Value">The end; 0 for an infinite one, which nothing lies beyond.</param>
    /// <param name="Position">The same in standard deviations from the mean.</param>
    /// <param name="Density">Of the distribution there.</param>
    /// <param name="Below">How much of it is below.</param>
    private readonly record struct End(double Value, double Position, double Density, double Below)
    {
        public static End At(double value, double mean, double deviation)
        {
            if (double.IsInfinity(value)) return new End(0, 0, 0, value > 0 ? 1 : 0);
            double position = (value - mean) / deviation;
            return new End(value, position, NormalDistribution.Density(position), NormalDistribution.Cumulative(position));
        }
    }
}
