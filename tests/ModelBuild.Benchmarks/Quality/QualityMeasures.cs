using ModelBuild.Benchmarks.Comparison;

namespace ModelBuild.Benchmarks.Quality;

/// <summary>What compression sets out to hold.</summary>
internal static class QualityMeasures
{
    private const double MostDrop = 0.3, MostCodedPercent = 75, MostMinutes = 10, Kilo = 1000;

    // Squeeze-excite and swish, where TensorFlow Lite loses 1.9 points and ONNX Runtime 1.6.
    private const string Hard = "efficientnet_cifar";
    private const double MostHardDrop = 0.5;

    private const string Timed = "mobilenet_v2";

    /// <summary>Most bytes of blob and plan, in thousands, within so many points; of digits, a share of its file.</summary>
    private static readonly (string Model, QualityWay Way, double KiloBytes, double Drop)[] Sizes =
    [
        ("cifar_mobilenet", QualityWay.Size, 120, 0.5), ("cifar_mobilenet", QualityWay.SizeWithinOne, 90, 1),
        ("resnet8_cifar10", QualityWay.Size, 43, 0.5), ("resnet8_cifar10", QualityWay.SizeWithinOne, 34, 1),
        ("digits", QualityWay.Size, 0.12 * 85_581 / Kilo, 0.5),
    ];

    /// <summary>Those of which there are figures.</summary>
    public static IReadOnlyList<Measure> Of(IReadOnlyList<ModelQuality> models) => [.. models.SelectMany(Of)];

    private static IEnumerable<Measure> Of(ModelQuality model)
    {
        (string name, PeerFigures peers) = (model.Model.Name, PeerFigures.Of(model.Model.Name));
        if (model[QualityWay.Static] is { } plain)
        {
            if (plain.Percent is { } percent && model.FloatPercent is { } before)
            {
                yield return new Measure($"{name}: accuracy in int8 beside TensorFlow Lite's", percent, peers.TfLitePercent!.Value);
                if (model.OnnxPercent is { } onnx) yield return new Measure($"{name}: accuracy in int8 beside ONNX Runtime's", percent, onnx);
                yield return new Measure($"{name}: points lost in int8", before - percent, name == Hard ? MostHardDrop : MostDrop, AtMost: true);
            }
            yield return new Measure($"{name}: decibels in int8 beside the better peer's", plain.Decibels, Math.Max(peers.TfLiteDecibels, peers.OnnxDecibels));
            yield return new Measure($"{name}: weight bytes in percent of the .tflite file", 100.0 * plain.WeightBytes / peers.TfLiteBytes, MostCodedPercent, AtMost: true);
            if (name == Timed) yield return new Measure($"{name}: minutes to compile", plain.Time.TotalMinutes, MostMinutes, AtMost: true);
        }
        foreach ((_, QualityWay way, double most, double drop) in Sizes.Where(size => size.Model == name))
        {
            if (model[way] is not { Percent: { } percent } small) continue;
            yield return new Measure($"{name}: thousand bytes of weights and plan, {way.Name}", (small.WeightBytes + small.PlanBytes) / Kilo, most, AtMost: true);
            yield return new Measure($"{name}: points lost, {way.Name}", model.FloatPercent!.Value - percent, drop, AtMost: true);
        }
    }
}
