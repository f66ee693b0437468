using System.Text.Json;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Cli.Tests;

public class CheckCommandTests
{
    [Fact]
    public void AllPassed()
    {
        using CaseFolder folder = new();
        folder.Add("Sums/small", "AddV2", [1, 2], [3, 4], Floats(4, 6));
        folder.Add("Sums/special", "AddV2", [float.NaN, float.PositiveInfinity], [1, 1], Floats(float.NaN, float.PositiveInfinity));
        folder.Add("Products/near", "Mul", [1, 2], [3, 4], Floats(3.01f, 8), tolerance: 0.02);

        Tool tool = Tool.Run("check", folder.Path);

        Assert.Equal((0, ""), (tool.ExitCode, tool.Error));
        Assert.Contains("3 passed, 0 failed", tool.Output);
        Assert.DoesNotContain("FAILED", tool.Output);
    }

    [Fact]
    public void FailuresAreListedWithTheWorstElement()
    {
        using CaseFolder folder = new();
        folder.Add("Sums/wrong", "AddV2", [1, 2, 3], [3, 4, 5], Floats(4.5f, 6, 9), tolerance: 0.25);
        folder.Add("Sums/right", "AddV2", [1], [3], Floats(4));
        folder.Add("Sums/infinite", "AddV2", [1], [3], Floats(float.PositiveInfinity), tolerance: 1e9);
        folder.Add("Sums/type", "AddV2", [1], [3], Tensor.Of(Shape.Of(1), new[] { 4 }));
        folder.Add("Sums/unknown", "NoSuchOperation", [1], [3], Floats(4));

        Tool tool = Tool.Run("check", folder.Path, "--json");

        Assert.Equal(1, tool.ExitCode);
        JsonElement report = JsonDocument.Parse(tool.Output).RootElement;
        Assert.Equal((1, 4), (report.GetProperty("passed").GetInt32(), report.GetProperty("failed").GetInt32()));
        Dictionary<string, JsonElement> failures = report.GetProperty("failures").EnumerateArray()
            .ToDictionary(failed => failed.GetProperty("case").GetString()!, failed => failed.GetProperty("failures")[0]);
        JsonElement wrong = failures["Sums/wrong"];
        Assert.Equal((1, "[2]"), (wrong.GetProperty("largestError").GetDouble(), wrong.GetProperty("place").GetString()));
        Assert.Contains("differs in 2 of 3", wrong.GetProperty("message").GetString());
        Assert.Contains("expected Int32[1]", failures["Sums/type"].GetProperty("message").GetString());
        Assert.Equal("MB1006", failures["Sums/unknown"].GetProperty("code").GetString());
        Assert.True(failures.ContainsKey("Sums/infinite"));
    }

    [Theory]
    [InlineData]
    [InlineData("--passes")]
    [InlineData("--plan")]
    public void NetworksMayBeOffByAThousandthOfTheRange(params string[] path)
    {
        using CaseFolder folder = new();
        // Samples of two sizes, so that the graph is imported twice.
        folder.AddNetwork("models/near", "Neg", ([-1, 0, 1000], [1, 0.5f, -1000.5f]), ([1, 1000], [-1, -1000.9f]));
        folder.AddNetwork("models/far", "Neg", ([-1, 0, 1000], [1, 0, -1000]), ([1, 1000], [-1, -1001.5f]));

        Tool tool = Tool.Run(["check", folder.Path, .. path]);

        Assert.Equal(1, tool.ExitCode);
        Assert.Contains("1 passed, 1 failed", tool.Output);
        const string Difference = "result:0 of sample 1 differs in 1 of 2, most at [1]: -1000, expected -1001.5 (error 1.5)";
        Assert.Contains($"FAILED models/far: {Difference}", tool.Output);
    }

    [Fact]
    public void OnlyAFamily()
    {
        using CaseFolder folder = new();
        folder.Add("Sums/wrong", "AddV2", [1], [3], Floats(5));
        folder.Add("Products/right", "Mul", [2], [3], Floats(6));

        Tool tool = Tool.Run("check", folder.Path, "--family", "products", "--passes");

        Assert.Equal(0, tool.ExitCode);
        Assert.Contains("1 passed, 0 failed", tool.Output);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("check", "no-such-folder")]
    [InlineData("check", ".", "--no-such-option")]
    [InlineData("no-such-command")]
    public void WrongUsageIsOneLine(params string[] args)
    {
        Tool tool = Tool.Run(args);

        Assert.Equal((2, ""), (tool.ExitCode, tool.Output));
        Assert.Matches(@"\A\S+ : error MB\d{4}: [^\n]+\n\z", tool.Error.ReplaceLineEndings("\n"));
    }

    private static Tensor Floats(params float[] values) => Tensor.Of(Shape.Of(values.Length), values);
}
