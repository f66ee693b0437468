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
        JsonElement report = JsonDocument.Parse(tool.Output).RootElement, model = report.GetProperty("model");
        Assert.Equal(597, model.GetProperty("floatAccuracy").GetProperty("samples").GetInt32());
        Assert.InRange(model.GetProperty("floatAccuracy").GetProperty("percent").GetDouble(), 99, 100);
        Assert.InRange(model.GetProperty("compressedAccuracy").GetProperty("percent").GetDouble(), 98.5, 100);
        Dictionary<string, double> layers = report.GetProperty("layers").EnumerateArray()
            .ToDictionary(layer => layer.GetProperty("name").GetString()!, layer => layer.GetProperty("decibels").GetDouble());
        Assert.Equal(12, layers.Count);
        // 8 bits of a range that is used evenly give about 50 dB; a wrong scale or zero point would give less than 10.
        Assert.All(layers.Values, decibels => Assert.InRange(decibels, 25, 100));
        Assert.True(layers["digits/stem_relu/Relu6"] > layers["digits/block4_dw_relu/Relu6"], "Noise grows with depth.");
    }

    [Fact]
    public void FloatPlansHaveNoNoise()
    {
        Tool tool = Tool.Run(["evaluate", Samples.Digits, .. Data, "--quantize", "None", "--json"]);

        JsonElement layers = JsonDocument.Parse(tool.Output).RootElement.GetProperty("layers");
        Assert.Equal(12, layers.GetArrayLength());
        Assert.All(layers.EnumerateArray(), layer => Assert.True(Decibels(layer.GetProperty("decibels")) > 100));
    }

    // An exact layer has an infinite ratio, which JSON has as a text.
    private static double Decibels(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? double.PositiveInfinity : value.GetDouble();
}
