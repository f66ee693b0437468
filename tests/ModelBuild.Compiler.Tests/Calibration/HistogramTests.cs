using CsCheck;
using ModelBuild.Compiler.Calibration;

namespace ModelBuild.Compiler.Tests.Calibration;

public class HistogramTests
{
    private static readonly Gen<float[][]> Batches = Gen.Select(Gen.Int[-40, 40], Gen.Float[-1, 1].Array[0, 20])
        .Select((exponent, numbers) => Array.ConvertAll(numbers, x => MathF.ScaleB(x, exponent))).Array[1, 8];

    [Fact]
    public void Counts_do_not_depend_on_the_order() => Batches.Sample(batches =>
    {
        Histogram forwards = Of(batches), backwards = Of(batches.Reverse());
        Assert.Equal(forwards.Counts, backwards.Counts);
        Assert.Equal(forwards.Width, backwards.Width);
    });

    [Fact]
    public void Each_element_is_counted_in_its_bin() => Batches.Sample(batches =>
    {
        Histogram histogram = Of(batches);
        float[] all = [.. batches.SelectMany(batch => batch)];
        Assert.Equal(all.Length, histogram.Total);
        foreach (IGrouping<int, float> bin in all.GroupBy(element => histogram.Bin(element)))
        {
            Assert.Equal(bin.Count(), histogram.Counts[bin.Key]);
            Assert.All(bin, element => Assert.InRange(Math.Abs(element - histogram.Middle(bin.Key)), 0, histogram.Width / 2));
        }
    });

    private static Histogram Of(IEnumerable<float[]> batches)
    {
        Histogram histogram = new();
        foreach (float[] batch in batches) histogram.Add(batch, ValueRange.Of(batch));
        return histogram;
    }
}
