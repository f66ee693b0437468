using System.Text.RegularExpressions;
using System.Xml.Linq;
using ModelBuild.Compiler.Reporting;
using ModelBuild.Compiler.Reporting.Page;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Reporting;

/// <summary>What a compilation leaves to be read.</summary>
public class ReportTests
{
    private static readonly Lazy<CompiledModel> Digits = new(() => ModelCompiler.Compile(new ModelOptions
    {
        ModelPath = Repository.Path("samples/Digits/digits.pb"),
        CalibrationData = Repository.Path("samples/Digits/calibration.npy"),
        ValidationData = Repository.Path("samples/Digits/test.npy"),
        ValidationLabels = Repository.Path("samples/Digits/test_labels.npy"),
        Labels = Repository.Path("samples/Digits/labels.txt"),
    }));

    [Fact]
    public void Layers_add_up_to_the_model()
    {
        CompressionReport report = Digits.Value.Report;
        SizeReport sizes = report.Sizes!;
        Assert.Equal(report.WeightBytes, report.Layers.Sum(layer => layer.CodedBytes));
        Assert.Equal(report.MultiplyAdds, report.Layers.Sum(layer => layer.MultiplyAdds));
        Assert.Equal((report.SourceBytes, sizes.Graph), (sizes.Source, report.Layers.Sum(layer => layer.FloatBytes)));
        Assert.Equal(report.CompressedBytes, sizes.Coded + sizes.Plan);
        Assert.True(sizes.Source > sizes.Graph && sizes.Graph > sizes.Stored && sizes.Stored > sizes.NonZero);
        Assert.All(report.Layers.Where(layer => layer.Weights > 0), layer => Assert.True(layer is { LevelBits: 8, ZeroShare: < 0.05, SignalToNoise: > 15 }));
    }

    [Fact]
    public void What_is_written_can_be_read()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), json = ReportFile.Json(Digits.Value.Report);
        File.WriteAllText(path, json);
        try
        {
            Assert.Equal(json, ReportFile.Json(ReportFile.Read(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_page_needs_nothing_else_and_shows_every_layer()
    {
        CompressionReport report = Digits.Value.Report with
        {
            Source = "<b>&amp;.pb", Warnings = ["MB0000: <script>"], Recovery = [new RecoveryStage("bias correction", "signal-to-noise, dB", 1, 2, true)],
            Search = new SearchReport("accuracy lost, points", 0.5, 30_000, [new SearchTrial("1E-007 a bit", 20_000, 0.2, true, "close enough")]),
        };

        string page = ReportPage.Of(report);

        // As XML, everything is closed and escaped.
        XElement body = XElement.Parse(page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("</html>", StringComparison.Ordinal)]);
        Assert.DoesNotMatch(new Regex("<(script|link|img|iframe)|https?:|url\\(|@import|src="), page);
        Assert.Equal(["Size by cause", "Accuracy", "Layers", "Recovery of accuracy", "What was tried", "Time of compression"],
            body.Descendants("h2").Select(heading => heading.Value));
        Assert.Equal(Digits.Value.Plan.Layers.Count(layer => layer.Role == PlanRole.Inner), report.Layers.Count);
        Assert.All(report.Layers.Where(layer => layer.Kind == "ConvolutionInt8"),
            layer => Assert.Contains(body.Descendants("td"), cell => cell.Value.StartsWith(layer.Name, StringComparison.Ordinal)));
    }
}
