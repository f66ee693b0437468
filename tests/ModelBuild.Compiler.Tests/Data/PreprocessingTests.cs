using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Tests.Data;

public class PreprocessingTests
{
    [Theory]
    [InlineData("Raw", "1", "0", "", "0 to 255")]
    [InlineData("raw;order=RGB", "1", "0", "", "0 to 255")]
    [InlineData("ZeroToOne", "0.003921569", "0", "", "0 to 1")]
    [InlineData(" zerotoone ; ORDER = bgr ; ", "0.003921569", "0", "2 1 0", "0 to 1, blue first")]
    [InlineData("MinusOneToOne", "0.007843138", "-1", "", "-1 to 1")]
    [InlineData("scale=-2e-3;offset=1.5", "-0.002", "1.5", "", "0.99 to 1.5")]
    [InlineData("offset = -128", "1", "-128", "", "-128 to 127")]
    [InlineData("scale=1, 2, 4;offset=0", "1 2 4", "0", "", "0 to 1020")]
    [InlineData("mean=100, 50, 0; std=2", "0.5", "-50 -25 0", "", "-50 to 127.5")]
    [InlineData("order=BGR;mean=103.939,116.779,123.68", "1", "-103.939 -116.779 -123.68", "2 1 0", "-123.7 to 151.1, blue first")]
    [InlineData("mean=128;std=1,2,4", "1 0.5 0.25", "-128 -64 -32", "", "-128 to 127")]
    public void Understands_all_forms(string text, string scale, string offset, string order, string range)
    {
        Preprocessing preprocessing = Preprocessing.Parse(text)!;
        Assert.Equal(scale, Join(preprocessing.Scale));
        Assert.Equal(offset, Join(preprocessing.Offset));
        Assert.Equal(order, string.Join(" ", preprocessing.Order));
        Assert.Equal(range, preprocessing.Describe());
    }

    [Fact]
    public void Nothing_said_is_no_preprocessing() => Assert.Null(Preprocessing.Parse(null));

    [Theory]
    [InlineData("Blur", "Blur")]
    [InlineData("", "range")]
    [InlineData(";", "range")]
    [InlineData("order=BGR", "range")]
    [InlineData("Raw;order=GBR", "GBR")]
    [InlineData("Raw;ZeroToOne", "exclude")]
    [InlineData("Raw;scale=2", "scale")]
    [InlineData("scale=1;std=2", "std")]
    [InlineData("scale=1;scale=2", "twice")]
    [InlineData("gamma=2.2", "gamma")]
    [InlineData("scale=", "no number")]
    [InlineData("scale=one", "one")]
    [InlineData("scale=0,5", "point")]
    [InlineData("scale=NaN", "range")]
    [InlineData("scale=1e39", "range")]
    [InlineData("mean=1,2,3;std=0", "0")]
    [InlineData("mean=1,2,3;std=1,1,0", "0")]
    [InlineData("mean=1,2,3;std=1,2,3,4", "channels")]
    [InlineData("scale=1,2,3;offset=1,2,3,4", "channels")]
    public void What_it_does_not_understand_is_named_with_all_that_is_allowed(string text, string what) =>
        Errors.Assert(DiagnosticCode.UnknownOption, () => Preprocessing.Parse(text),
            what, $"Preprocess=\"{text}\"", "Raw", "ZeroToOne", "MinusOneToOne", "scale=", "mean=", "order=BGR");

    [Fact]
    public void Applies_order_and_numbers_of_each_channel() =>
        Assert.Equal([30f - 1, (20f - 2) / 2, (10f - 3) / 4, 0f - 1, (0f - 2) / 2, (200f - 3) / 4],
            Preprocessing.Parse("mean=1,2,3;std=1,2,4;order=BGR")!.Apply([10, 20, 30, 200, 0, 0], 3));

    [Fact]
    public void Alpha_stays_the_last() =>
        Assert.Equal([3f, 2, 1, 4], Preprocessing.Parse("Raw;order=BGR")!.Apply([1, 2, 3, 4], 4));

    [Theory]
    [InlineData("Raw;order=BGR", 1)]
    [InlineData("Raw;order=BGR", 784)]
    [InlineData("mean=1,2,3;std=1", 1)]
    [InlineData("mean=1,2,3;std=1", 4)]
    public void Numbers_and_order_must_fit_the_channels(string text, int channels) =>
        Errors.Assert(DiagnosticCode.UnknownOption, () => Preprocessing.Parse(text)!.For(channels), text, $"{channels} channel");

    private static string Join(float[] numbers) =>
        string.Join(" ", numbers.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
