using System.Text.Json;
using ModelBuild.Compiler;
using ModelBuild.Compiler.Reporting;
using ModelBuild.Compiler.Validation;

namespace ModelBuild.Cli.Tests;

public class ReportCommandTests
{
    private static readonly CompressionReport First = new()
    {
        Source = "a.pb", ClassName = "A", SourceBytes = 4000, CompressedBytes = 1000, WeightBytes = 800, Quantize = QuantizeMode.Static,
        MultiplyAdds = 7, FloatLayers = 0, FloatAccuracy = new Accuracy(90, 100), CompressedAccuracy = new Accuracy(90, 100),
        Layers = [Layer("same", 100, 40), Layer("larger", 200, 30), Layer("gone", 500, 20)],
    };

    private static readonly CompressionReport Second = First with
    {
        CompressedBytes = 1100, CompressedAccuracy = new Accuracy(88, 100),
        Layers = [Layer("same", 100, 40.01), Layer("larger", 220, 31.5), Layer("new|er", 580, double.PositiveInfinity)],
    };

    [Fact]
    public void TheDifferenceOfTwoNamesWhatChanged()
    {
        using CaseFolder folder = new();

        Tool tool = Tool.Run("report", Write(folder, "a", First), Write(folder, "b", Second), "--json");

        Assert.Equal(0, tool.ExitCode);
        JsonElement[] layers = [.. JsonDocument.Parse(tool.Output).RootElement.GetProperty("layers").EnumerateArray()];
        Assert.Equal([("new|er", "added"), ("gone", "removed"), ("larger", "changed")],
            layers.Select(layer => (layer.GetProperty("name").GetString()!, layer.GetProperty("kind").GetString()!)));
    }

    [Fact]
    public void PullRequestsGetTables()
    {
        using CaseFolder folder = new();

        Tool tool = Tool.Run("report", Write(folder, "a", First), Write(folder, "b", Second), "--markdown");

        Assert.Contains("| size | 1.0 KB | 1.1 KB | **\u25b2 100 B (+10.0 %)** |\n", tool.Output);
        Assert.Contains("| accuracy | 90.00 % | 88.00 % | **\u25bc 2.00 points** |\n", tool.Output);
        Assert.Contains("| larger | 200 | 220 | **\u25b2 20 B (+10.0 %)** | 30.0 dB | 31.5 dB |  |\n", tool.Output);
        Assert.Contains("| new\\|er | 0 | 580 | **\u25b2 580 B** |  | exact | added |\n", tool.Output);
    }

    [Theory]
    [InlineData("--fail-on-larger", "9.9", 1)]
    [InlineData("--fail-on-larger", "10", 0)]
    [InlineData("--fail-on-drop", "1.9", 1)]
    [InlineData("--fail-on-drop", "2", 0)]
    public void ALimitThatIsExceededFails(string limit, string value, int code)
    {
        using CaseFolder folder = new();

        Tool tool = Tool.Run("report", Write(folder, "a", First), Write(folder, "b", Second), limit, value);

        Assert.Equal(code, tool.ExitCode);
        Assert.Equal(code == 1, tool.Error.Contains(limit, StringComparison.Ordinal));
    }

    [Fact]
    public void OneReportIsShownWithItsLayersAndConfidence()
    {
        using CaseFolder folder = new();

        Tool tool = Tool.Run("report", Write(folder, "a", First), "--fail-on-drop", "0");

        Assert.Equal(0, tool.ExitCode);
        Assert.Contains("compressed accuracy: 90.00 % (90 of 100; 82.56 to 94.48)", tool.Output);
        Assert.Contains("larger", tool.Output);
    }

    [Theory]
    [InlineData("{", "MB2001")]
    [InlineData("[]", "MB2001")]
    [InlineData("{}", "MB2001")]
    [InlineData("{\"version\":1,\"source\":\"a.pb\"}", "MB2001")]
    [InlineData("{\"version\":99}", "MB2001")]
    public void FilesThatAreNoReportsAreCodedErrors(string content, string code)
    {
        using CaseFolder folder = new();
        string path = Path.Combine(folder.Path, "report.json");
        File.WriteAllText(path, content);

        Tool tool = Tool.Run("report", path);

        Assert.Equal((2, ""), (tool.ExitCode, tool.Output));
        Assert.Contains($"{path} : error {code}: ", tool.Error);
    }

    [Fact]
    public void LimitsAboutWhatIsNotThereAreErrors()
    {
        using CaseFolder folder = new();
        string path = Write(folder, "a", First with { FloatAccuracy = null });

        Assert.Equal(2, Tool.Run("report", path, "--fail-on-larger", "1").ExitCode);
        Assert.Contains("error MB6001: --fail-on-drop needs", Tool.Run("report", path, "--fail-on-drop", "1").Error);
    }

    private static LayerReport Layer(string name, long bytes, double ratio) => new()
    {
        Name = name, Kind = "ConvolutionInt8", Remarks = "1x1 convolution", Precision = "int8", CodedBytes = bytes, SignalToNoise = ratio, Weights = 100,
    };

    private static string Write(CaseFolder folder, string name, CompressionReport report)
    {
        string path = Path.Combine(folder.Path, name + ".json");
        File.WriteAllText(path, ReportFile.Json(report));
        return path;
    }
}
