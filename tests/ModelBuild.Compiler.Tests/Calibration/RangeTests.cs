using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Tests.Calibration;

public class RangeTests
{
    private static readonly ValueRange Unbounded = new(float.NegativeInfinity, float.PositiveInfinity);

    [Fact]
    public void Methods_cut_a_far_outlier_off_that_minmax_keeps()
    {
        ValueStatistics statistics = Statistics([.. Bell(100_000), 50]);
        Assert.Equal(50, RangeChoice.Of(statistics, Unbounded, new(CalibrationKind.MinMax)).Maximum);
        foreach (CalibrationKind kind in new[] { CalibrationKind.Percentile, CalibrationKind.Entropy, CalibrationKind.Mse })
            Assert.InRange(RangeChoice.Of(statistics, Unbounded, new(kind)).Maximum, 2, 45);
    }

    [Fact]
    public void Percentile_keeps_the_share_that_was_asked_for()
    {
        ValueStatistics statistics = Statistics([.. Enumerable.Range(-1000, 2001).Select(x => x / 1000f)]);
        ValueRange range = RangeChoice.Of(statistics, Unbounded, new(CalibrationKind.Percentile, 90));
        Assert.Equal(-0.9, range.Minimum, 2);
        Assert.Equal(0.9, range.Maximum, 2);
    }

    [Fact]
    public void The_least_squared_error_of_a_bell_is_near_four_deviations()
    {
        // The best limit of a uniform quantiser of 256 levels for the normal distribution is 3.92 deviations.
        ValueRange range = RangeChoice.Of(Statistics(Bell(1_000_000)), Unbounded, new(CalibrationKind.Mse));
        Assert.InRange(range.Maximum, 3.6f, 4.2f);
        Assert.InRange(-range.Minimum, 3.6f, 4.2f);
    }

    [Fact]
    public void A_moving_average_forgets_early_samples()
    {
        ValueStatistics statistics = new(30);
        for (int i = 0; i < 30; i++) statistics.Add(i, [0, i == 0 ? 100 : 1]);
        Assert.InRange(RangeChoice.Of(statistics, Unbounded, new(CalibrationKind.MovingAverage)).Maximum, 1, 10);
    }

    [Fact]
    public void Ends_that_an_operation_fixes_stay()
    {
        ValueStatistics statistics = Statistics([.. Bell(10_000).Select(x => Math.Clamp(x, 0, 6)), 6]);
        ValueRange bounds = OperationBounds.Of(new Unary(UnaryKind.Relu6));
        foreach (CalibrationKind kind in Enum.GetValues<CalibrationKind>().Where(kind => kind != CalibrationKind.Auto))
            Assert.Equal(new ValueRange(0, 6), RangeChoice.Of(statistics, bounds, new(kind)));
    }

    [Fact]
    public void Auto_spends_no_levels_on_what_the_reader_makes_zero()
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(1, 1000));
        Value y = builder.Add("y", new Unary(UnaryKind.HardSwish), x);
        ModelGraph graph = builder.Build([y]);
        CalibrationSamples samples = new(4, index => [Tensor.Of(x.Shape, [.. Bell(4000).Skip(index * 1000).Take(1000).Select(element => 10 * element)])]);
        IReadOnlyDictionary<Value, ValueStatistics> statistics = Calibrator.Measure(graph, samples, CancellationToken.None);
        ValueRange range = RangeChooser.Choose(graph, statistics, new(CalibrationKind.Auto), samples, CancellationToken.None)[x];
        Assert.InRange(range.Minimum, -6, -2);
        Assert.InRange(range.Maximum, statistics[x].Range.Maximum * 0.8f, statistics[x].Range.Maximum);
    }

    [Theory]
    [InlineData("Average")]
    [InlineData("Percentile=12")]
    [InlineData("MSE=3")]
    public void What_is_no_method_is_an_error(string text) =>
        Assert.Equal(DiagnosticCode.UnknownOption, Assert.Throws<ModelBuildException>(() => CalibrationMethod.Parse(text)).Code);

    [Fact]
    public void Percentile_takes_a_number() => Assert.Equal(new CalibrationMethod(CalibrationKind.Percentile, 99.5), CalibrationMethod.Parse("percentile=99.5"));

    private static ValueStatistics Statistics(float[] elements)
    {
        ValueStatistics statistics = new(1);
        statistics.Add(0, elements);
        return statistics;
    }

    /// <summary>Normally distributed numbers (Box and Muller's way).</summary>
    private static float[] Bell(int count)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
            (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
