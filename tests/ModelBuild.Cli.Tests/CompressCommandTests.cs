using System.Diagnostics;
using System.Text.Json;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Plan;

namespace ModelBuild.Cli.Tests;

public class CompressCommandTests
{
    [Fact]
    public void WritesPlanWeightsAndReport()
    {
        using CaseFolder folder = new();

        Tool tool = Tool.Run("compress", Samples.Digits, "-o", folder.Path, "--calibration-data", Samples.Path("calibration.npy"),
            "--calibration", "MinMax", "--preprocess", "ZeroToOne", "--class-name", "Numbers");

        Assert.Equal(0, tool.ExitCode);
        Assert.StartsWith("digits.pb -> Numbers: 85.6 KB -> ", tool.Output);
        ModelPlan plan = PlanReader.Read(File.ReadAllText(Path.Combine(folder.Path, "digits.plan")));
        Assert.Equal("Numbers", plan.ClassName);
        Assert.Equal(plan.BlobBytes, new FileInfo(Path.Combine(folder.Path, "digits.weights")).Length);
        JsonElement report = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "digits.report.json"))).RootElement;
        Assert.EndsWith($", report: {Path.Combine(folder.Path, "digits.report.html")}\n", tool.Output.ReplaceLineEndings("\n"));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Path.Combine(folder.Path, "digits.report.html")));
        Assert.Equal(("static", 85_581), (report.GetProperty("quantize").GetString(), report.GetProperty("sourceBytes").GetInt32()));
    }

    [Fact]
    public void TheCompressedModelGivesNearlyTheSame()
    {
        using CaseFolder folder = new();

        Tool tool = Tool.Run("run", Samples.Digits, "--in", Samples.Path("test.npy"), "--out", folder.Path, "--plan",
            "--calibration-data", Samples.Path("calibration.npy"), "--preprocess", "ZeroToOne");

        Assert.Equal(0, tool.ExitCode);
        Tensor got = NpyFile.Read(Path.Combine(folder.Path, "out_0.npy")), want = NpyFile.Read(Samples.Path("digits_test_probs.npy"));
        Assert.Equal(want.Shape, got.Shape);
        float[] left = got.Elements<float>().ToArray(), right = want.Elements<float>().ToArray();
        Assert.InRange(left.Zip(right, (a, b) => Math.Abs(a - b)).Average(), 1e-6, 0.01);
    }

    [Fact]
    public void WithoutDataRangesComeFromBatchNorms()
    {
        using CaseFolder folder = new();

        Tool tool = Tool.Run("compress", Samples.Digits, "-o", folder.Path, "--quantize", "Static", "--preprocess", "ZeroToOne");

        Assert.Equal(0, tool.ExitCode);
        Assert.Contains(", int8, ranges from batch norms, ", tool.Output);
        JsonElement report = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "digits.report.json"))).RootElement;
        Assert.True(report.GetProperty("isDataFree").GetBoolean());
        Assert.Contains("on synthetic inputs", report.GetProperty("recovery")[0].GetProperty("figure").GetString());
    }

    [Fact]
    public void TheNumberOfProcessorsChangesNothing()
    {
        using CaseFolder folder = new();
        byte[][] alone = Compress(folder, 1), together = Compress(folder, 3);
        Assert.Equal(alone[0], together[0]);
        Assert.Equal(alone[1], together[1]);
    }

    /// <summary>Plan and weights of the smallest model, by a process that is told how many processors there are.</summary>
    private static byte[][] Compress(CaseFolder folder, int processors)
    {
        string output = Path.Combine(folder.Path, $"{processors}");
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList =
            {
                typeof(CommandLine).Assembly.Location, "compress", Samples.Digits, "-o", output,
                "--calibration-data", Samples.Path("calibration.npy"), "--preprocess", "ZeroToOne", "--optimize", "Size",
            },
            Environment = { ["DOTNET_PROCESSOR_COUNT"] = $"{processors}" },
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return [File.ReadAllBytes(Path.Combine(output, "digits.plan")), File.ReadAllBytes(Path.Combine(output, "digits.weights"))];
    }

    [Fact]
    public void AnUnknownValueIsAnError()
    {
        using CaseFolder folder = new();

        Tool tool = Tool.Run("compress", Samples.Digits, "-o", folder.Path, "--quantize", "Sometimes");

        Assert.Equal((2, ""), (tool.ExitCode, tool.Output));
        Assert.Contains(" : error MB6001: Quantize=\"Sometimes\"", tool.Error);
    }
}
