using System.Text.Json;

namespace ModelBuild.Cli.Tests;

public class InspectCommandTests
{
    [Fact]
    public void Digits()
    {
        Tool tool = Tool.Run("inspect", Samples.Digits, "--json");

        Assert.Equal((0, ""), (tool.ExitCode, tool.Error));
        JsonElement report = JsonDocument.Parse(tool.Output).RootElement;
        Assert.Equal("digits.pb", report.GetProperty("file").GetString());
        Assert.Equal(9, report.GetProperty("tensorFlowOperations").GetProperty("FusedBatchNormV3").GetInt32());
        JsonElement input = report.GetProperty("inputs")[0];
        Assert.Equal(("image", "[1,8,8,1]"), (input.GetProperty("name").GetString(), input.GetProperty("shape").GetString()));
        Assert.Equal("probs", report.GetProperty("outputs")[0].GetProperty("name").GetString());
        // By hand from the network's description in make_digits.py: 3x3 stem, four blocks of 3x3 depthwise and 1x1, a dense layer.
        const long Stem = 64 * 9 * 24, Block1 = 64 * ((9 * 24) + (24 * 32)), Block2 = 16 * ((9 * 32) + (32 * 48));
        const long Block3 = 16 * ((9 * 48) + (48 * 64)), Block4 = 4 * ((9 * 64) + (64 * 96)), Dense = 96 * 10;
        const long Products = Stem + Block1 + Block2 + Block3 + Block4 + Dense;
        Assert.Equal(Products, report.GetProperty("multiplyAdds").GetInt64());
        Assert.Equal(0, report.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public void DropoutOfTensorFlow1IsGone()
    {
        JsonElement report = JsonDocument.Parse(Tool.Run("inspect", Samples.Path("digits_tf1.pb"), "--json").Output).RootElement;

        Assert.True(report.GetProperty("imported").TryGetProperty("RandomUniform", out _));
        IEnumerable<string?> left = report.GetProperty("layers").EnumerateArray()
            .Select(layer => layer.GetProperty("operation").GetString());
        Assert.Equal(["Convolution", "DepthwiseConvolution", "ReduceMean", "FullyConnected", "Softmax"], left.Distinct());
    }

    [Fact]
    public void TextNamesWhatThePassesDid()
    {
        string text = Tool.Run("inspect", Samples.Digits).Output;

        Assert.Matches(@"fuse activations +12 +-9 Relu6", text);
        Assert.Matches(@"total +14,650 +189,888", text);
    }

    [Fact]
    public void WhatIsNotSupportedIsReportedWithTheRest()
    {
        using CaseFolder folder = new();
        string model = System.IO.Path.Combine(folder.Path, "model.pb");
        CaseFolder.WriteModel(model, "NoSuchOperation", "x", "y");

        Tool tool = Tool.Run("inspect", model, "--json");

        Assert.Equal(1, tool.ExitCode);
        JsonElement report = JsonDocument.Parse(tool.Output).RootElement;
        Assert.Equal("MB1006", report.GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal(2, report.GetProperty("tensorFlowOperations").GetProperty("Placeholder").GetInt32());
    }

    [Fact]
    public void NoModel()
    {
        Tool tool = Tool.Run("inspect", "no-such-model.pb");

        Assert.Equal((2, ""), (tool.ExitCode, tool.Output));
        Assert.Contains("no-such-model.pb : error MB1001: ", tool.Error);
    }
}
