using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Cli.Tests;

public class FreezeCommandTests
{
    [Theory]
    [InlineData(1e-5f, "freeze")]
    [InlineData(0.1f, "compress", "--emit", "pb")]
    public void AGraphThatWasWrittenGivesTheSame(float tolerance, string command, params string[] options)
    {
        using CaseFolder folder = new();
        string graph = Path.Combine(folder.Path, "digits.pb");

        Tool written = Tool.Run([command, Samples.Digits, "-o", command == "freeze" ? graph : folder.Path, .. options]);
        Tool run = Tool.Run("run", graph, "--in", Samples.Path("test.npy"), "--out", folder.Path);

        Assert.Equal((0, 0), (written.ExitCode, run.ExitCode));
        Assert.StartsWith("digits.pb -> digits.pb: 85.6 KB -> ", written.Output);
        Tensor got = NpyFile.Read(Path.Combine(folder.Path, "out_0.npy")), want = NpyFile.Read(Samples.Path("digits_test_probs.npy"));
        Assert.Equal(want.Shape, got.Shape);
        Assert.InRange(got.Elements<float>().ToArray().Zip(want.Elements<float>().ToArray(), (a, b) => Math.Abs(a - b)).Max(), 0, tolerance);
    }

    [Fact]
    public void OptionsThatAGraphDoesNotHaveAreErrors()
    {
        using CaseFolder folder = new();

        Tool tool = Tool.Run("compress", Samples.Digits, "-o", folder.Path, "--emit", "pb", "--class-name", "Numbers");

        Assert.Equal(2, tool.ExitCode);
        Assert.Contains("error MB6001: --class-name", tool.Error);
    }
}
