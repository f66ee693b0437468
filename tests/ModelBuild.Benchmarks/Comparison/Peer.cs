using ModelBuild.Benchmarks.Contenders;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>A run time to compare with.</summary>
/// <param name="Name">Name for the tables.</param>
/// <param name="Kind">What ModelBuild.Benchmarks.Start calls it.</param>
/// <param name="File">Its file among those of a model.</param>
internal sealed record Peer(string Name, string Kind, string File)
{
    /// <summary>ONNX Runtime, quantised.</summary>
    public static readonly Peer OnnxInt8 = new("ONNX Runtime int8", "onnx", "model_int8.onnx");

    /// <summary>ONNX Runtime, as trained.</summary>
    public static readonly Peer OnnxFloat = new("ONNX Runtime float", "onnx", "model.onnx");

    /// <summary>TensorFlow Lite with XNNPACK, quantised.</summary>
    public static readonly Peer TfLiteInt8 = new("TensorFlow Lite int8", "tflite", "model_int8.tflite");

    /// <summary>In the order of the tables.</summary>
    public static IReadOnlyList<Peer> All { get; } = [OnnxInt8, TfLiteInt8, OnnxFloat];

    /// <summary>The file of a model; null where it has none, or no library is there.</summary>
    public string? Path(BenchmarkModel model) => Kind == TfLiteInt8.Kind && TfLiteLibrary.Path is null ? null : model.Peer(File);

    /// <summary>This one on a model; null where there is no <see cref="Path"/>.</summary>
    public IContender? Make(BenchmarkModel model) =>
        Path(model) is not { } path ? null : Kind == TfLiteInt8.Kind ? new TfLiteContender(Name, path) : new OnnxContender(Name, path);
}
