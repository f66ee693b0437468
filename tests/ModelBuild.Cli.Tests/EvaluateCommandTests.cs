using System.Text.Json;

namespace ModelBuild.Cli.Tests;

public class EvaluateCommandTests
{
    private static readonly string[] Data =
        ["--data", Samples.Path("test.npy"), "--labels", Samples.Path("test_labels.npy"), "--preprocess", "ZeroToOne"];

    [Fact]
    public void Int8CostsLittleAndEachLayerTellsHowMuch()
    {
        Tool tool = Tool.Run(["evaluate", Samples.Digits, "--CalibrationData", Samples.Path("calibration.npy"), .. Data, "--json"]);

        Assert.Equal(0, tool.ExitCode);
        JsonElement model = JsonDocument.Parse(tool.Output).RootElement;
        Assert.Equal(597, model.GetProperty("floatAccuracy").GetProperty("samples").GetInt32());
        Assert.InRange(model.GetProperty("floatAccuracy").GetProperty("percent").GetDouble(), 99, 100);
        Assert.InRange(model.GetProperty("compressedAccuracy").GetProperty("percent").GetDouble(), 98.5, 100);
        Dictionary<string, double> layers = Noisy(model)
            .ToDictionary(layer => layer.GetProperty("name").GetString()!, layer => layer.GetProperty("signalToNoise").GetDouble());
        Assert.Equal(12, layers.Count);
        // 8 bits of a range that is used evenly give about 50 dB; a wrong scale or zero point would give less than 10. Scores far below the
        // greatest may be cut off, since the softmax makes nothing of them.
        Assert.All(layers.Values, decibels => Assert.InRange(decibels, 15, 100));
        Assert.True(layers["digits/stem_relu/Relu6"] > layers["digits/block4_dw_relu/Relu6"], "Noise grows with depth.");
    }

    [Fact]
    public void FloatPlansHaveNoNoise()
    {
        Tool tool = Tool.Run(["evaluate", Samples.Digits, .. Data, "--quantize", "None", "--json"]);

        JsonElement[] layers = Noisy(JsonDocument.Parse(tool.Output).RootElement);
        Assert.Equal(12, layers.Length);
        Assert.All(layers, layer => Assert.True(Decibels(layer.GetProperty("signalToNoise")) > 100));
    }

    /// <summary>The layers whose noise was measured.</summary>
    private static JsonElement[] Noisy(JsonElement report) =>
        [.. report.GetProperty("layers").EnumerateArray().Where(layer => layer.TryGetProperty("signalToNoise", out _))];

    // An exact layer has an infinite ratio, which JSON has as a text.
    private static double Decibels(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? double.PositiveInfinity : value.GetDouble();
}
