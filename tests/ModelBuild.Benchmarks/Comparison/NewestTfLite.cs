namespace ModelBuild.Benchmarks.Comparison;

/// <summary>
/// What a newer TensorFlow Lite, with kernels for VNNI, would make of the comparison: no package has it as a library, so its time for a
/// call as a multiple of ONNX Runtime's was measured once, on the same models, with TensorFlow 2.15.1 on a Zen 5.
/// </summary>
internal static class NewestTfLite
{
    private static readonly Dictionary<string, double> OfOnnx = new()
    {
        ["digits"] = 0.56, ["ad01_autoencoder"] = 0.35, ["resnet8_cifar10"] = 0.57, ["cifar_mobilenet"] = 0.88,
        ["efficientnet_cifar"] = 0.32, ["mobilenet_v1"] = 0.95, ["mobilenet_v2"] = 0.96, ["mobilenet_v3_small"] = 1.95,
        ["efficientnet_b0"] = 0.32,
    };

    /// <summary>How many times as long it would take as ModelBuild; null if ONNX Runtime did not run.</summary>
    public static double? Ratio(ModelComparison model) =>
        OfOnnx.TryGetValue(model.Model, out double factor) ? model.Ratio(Peer.OnnxInt8.Name) * factor : null;
}
