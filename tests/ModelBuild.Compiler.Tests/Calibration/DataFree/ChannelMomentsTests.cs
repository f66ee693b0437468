using ModelBuild.Compiler.Calibration.DataFree;

namespace ModelBuild.Compiler.Tests.Calibration.DataFree;

public class ChannelMomentsTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void The_cumulative_distribution_is_the_integral_of_the_density()
    {
        double sum = 0;
        const double Step = 1e-3;
        for (double x = -9; x < 9; x += Step)
        {
            // Simpson's rule.
            sum += Step / 6 * (Density(x) + 4 * Density(x + Step / 2) + Density(x + Step));
            Assert.Equal(sum, NormalDistribution.Cumulative(x + Step), 1e-12);
        }
        Assert.Equal((0, 1), (NormalDistribution.Cumulative(-40), NormalDistribution.Cumulative(40)));
    }

    [Theory]
    [InlineData(0, 1, 0, Infinity)]
    [InlineData(-2, 0.7, 0, Infinity)]
    [InlineData(3, 2, 0, 6)]
    [InlineData(-1, 5, 0, 6)]
    [InlineData(40, 3, 0, 6)]
    [InlineData(1000, 0.1, 0, Infinity)]
    [InlineData(0.5, 2, -Infinity, 1)]
    [InlineData(0.5, 2, -1, 1)]
    [InlineData(0.3, 2, -Infinity, Infinity)]
    public void A_clipped_normal_distribution_has_the_moments_of_its_integral(double mean, double deviation, double minimum, double maximum)
    {
        ChannelMoments clipped = ChannelMoments.Normal(mean, deviation * deviation).Clip(minimum, maximum);
        (double first, double variance) = Integrate(mean, deviation, x => Math.Clamp(x, minimum, maximum));
        Assert.Equal(first, clipped.Mean, 1e-7 * Math.Max(1, Math.Abs(first)));
        Assert.Equal(variance, clipped.Variance, 1e-6 * Math.Max(1e-3, variance));
        Assert.Equal(Math.Clamp(mean - 6 * deviation, minimum, maximum), clipped.Low, 1e-9);
        Assert.Equal(Math.Clamp(mean + 6 * deviation, minimum, maximum), clipped.High, 1e-9);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 2)]
    [InlineData(4, 0.5)]
    public void A_function_of_a_normal_distribution_has_the_moments_of_its_integral(double mean, double deviation)
    {
        static double Swish(double x) => x / (1 + Math.Exp(-x));
        ChannelMoments normal = ChannelMoments.Normal(mean, deviation * deviation);
        ChannelMoments through = normal.Through(points => Array.ConvertAll(points, x => (float)Swish(x)));
        (double first, double variance) = Integrate(mean, deviation, Swish);
        Assert.Equal(first, through.Mean, 1e-4 * Math.Max(1, Math.Abs(first)));
        Assert.Equal(variance, through.Variance, 1e-3 * variance + 1e-6);
        Assert.Equal(Swish(mean + 6 * deviation), through.High, 1e-4);
        Assert.Equal(mean - 6 * deviation < -1.2785 ? -0.27846 : Swish(mean - 6 * deviation), through.Low, 1e-3);
    }

    [Fact]
    public void Sums_and_products_have_the_moments_of_samples()
    {
        ChannelMoments a = new(1, 4, -11, 13), b = new(-3, 0.25, -6, 0);
        Random random = new(1);
        const int Count = 1_000_000;
        (double Sum, double Product)[] drawn = new (double, double)[Count];
        for (int i = 0; i < Count; i++)
        {
            double x = a.Mean + a.Deviation * NormalNumbers.Next(random), y = b.Mean + b.Deviation * NormalNumbers.Next(random);
            drawn[i] = (x + y, x * y);
        }
        Check(a.Plus(b), drawn.Select(pair => pair.Sum));
        Check(a.Times(b), drawn.Select(pair => pair.Product));
        Check(a.Affine(-2, 5), drawn.Select(pair => (pair.Sum - b.Mean) * -2 + 5), tolerance: 0.2);
        Assert.Equal((13 * -6, -11 * -6), (a.Times(b).Low, a.Times(b).High));
        Assert.Equal((-21, 27), (a.Affine(-2, 5).Low, a.Affine(-2, 5).High));

        static void Check(ChannelMoments told, IEnumerable<double> drawn, double tolerance = 0.02)
        {
            double mean = drawn.Average(), variance = drawn.Average(x => (x - mean) * (x - mean));
            Assert.Equal(mean, told.Mean, tolerance);
            Assert.Equal(1, told.Variance / variance, tolerance);
        }
    }

    [Fact]
    public void The_reach_of_a_sum_of_normal_distributions_is_that_of_the_sum()
    {
        ChannelMoments sum = ChannelMoments.Normal(1, 9).Plus(ChannelMoments.Normal(2, 16)), same = ChannelMoments.Normal(3, 25);
        Assert.Equal(same.Low, sum.Low, 1e-9);
        Assert.Equal(same.High, sum.High, 1e-9);
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Mean and variance of a function of a normal distribution, by the midpoint rule.</summary>
    private static (double Mean, double Variance) Integrate(double mean, double deviation, Func<double, double> function)
    {
        const int Steps = 400_000;
        const double Outermost = 10;
        double first = 0, second = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < Steps; i++)
            {
                double position = Outermost * (2 * (i + 0.5) / Steps - 1), y = function(mean + deviation * position);
                double weight = Density(position) * 2 * Outermost / Steps;
                if (pass == 0) first += weight * y;
                else second += weight * (y - first) * (y - first);
            }
        }
        return (first, second);
    }
}
