namespace ModelBuild.Benchmarks.Quality;

/// <summary>
/// What the int8 converters of TensorFlow Lite 2.15.1 and ONNX Runtime (QDQ, weights by channel) make of a corpus model with the same
/// calibration data, as their own tools measured it: the corpus's make/measure_peers.py, first 64 calibration inputs for the ratios.
/// </summary>
/// <param name="TfLiteBytes">Bytes of the .tflite file.</param>
/// <param name="TfLiteDecibels">Signal-to-noise ratio of the output against the float graph's.</param>
/// <param name="OnnxDecibels">The same of ONNX Runtime.</param>
/// <param name="TfLitePercent">Accuracy on the test data; null where there are no classes.</param>
internal sealed record PeerFigures(int TfLiteBytes, double TfLiteDecibels, double OnnxDecibels, double? TfLitePercent = null)
{
    private static readonly Dictionary<string, PeerFigures> All = new()
    {
        ["digits"] = new(32_776, 47.86, 47.62, 98.99),
        ["resnet8_cifar10"] = new(94_768, 20.96, 22.09, 76.10),
        ["cifar_mobilenet"] = new(376_416, 35.16, 35.43, 86.10),
        ["efficientnet_cifar"] = new(4_901_200, 15.28, 12.38, 74.20),
        ["ad01_autoencoder"] = new(277_928, 22.99, 26.80),
        ["mobilenet_v1"] = new(4_563_616, 2.72, 0.60),
        ["mobilenet_v2"] = new(3_970_768, 0.85, -0.02),
        ["mobilenet_v3_small"] = new(2_881_136, 5.78, 4.35),
        ["efficientnet_b0"] = new(4_860_672, -4.03, -4.40),
    };

    /// <summary>The figures of a model.</summary>
    public static PeerFigures Of(string model) => All[model];
}
