namespace ModelBuild.Benchmarks.Comparison;

/// <summary>A figure that was promised.</summary>
/// <param name="What">The figure.</param>
/// <param name="Value">As measured.</param>
/// <param name="Bound">As promised.</param>
/// <param name="AtMost">The bound is the most, not the least.</param>
internal sealed record Measure(string What, double Value, double Bound, bool AtMost = false)
{
    /// <summary>Whether it holds.</summary>
    public bool Met => AtMost ? Value <= Bound : Value >= Bound;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Met ? "met   " : "missed")} {What}: {Value:F2} ({(AtMost ? "at most" : "at least")} {Bound:F2})";
}

/// <summary>What ModelBuild sets out to hold beside its peers.</summary>
internal static class Measures
{
    private const double LeastMean = 1.3;
    private const double LeastWorst = 0.9;
    private const double LeastDepthwise = 2.5;
    private const double LeastStart = 3;
    private const double MostMemory = 1.1;
    private const string StartModel = "mobilenet_v2";

    /// <summary>Those of which there are figures.</summary>
    public static IReadOnlyList<Measure> Of(IReadOnlyList<ModelComparison> models)
    {
        List<Measure> measures = [];
        foreach (Peer peer in new[] { Peer.OnnxInt8, Peer.TfLiteInt8 }) Calls(peer.Name, model => model.Ratio(peer.Name));
        Calls("TensorFlow Lite 2.15 int8, by way of ONNX Runtime", NewestTfLite.Ratio);
        Add("depthwise convolutions beside ONNX Runtime int8, geometric mean", Ratios.GeometricMean(Depthwise()), LeastDepthwise);
        Add("depthwise convolutions beside ONNX Runtime int8, worst model", Ratios.Worst(Depthwise()), LeastDepthwise);
        foreach (string way in Starts.Ways)
        {
            double? ratio = models.FirstOrDefault(model => model.Model == StartModel)?.StartRatio(way, Peer.OnnxInt8.Name);
            Add($"first result of {StartModel} beside ONNX Runtime int8, {way}", ratio, LeastStart);
        }
        measures.Add(new Measure("bytes allocated a call, worst model", models.Max(model => model.Allocated), 0, AtMost: true));
        double memory = models.Max(model => (double)model.Memory.Bytes / model.Memory.Least);
        measures.Add(new Measure("working memory beside what the fullest step needs, worst model", memory, MostMemory, AtMost: true));
        return measures;

        IEnumerable<double?> Depthwise() => models.Select(model => model.LayerRatio(LayerClass.Depthwise));

        void Calls(string peer, Func<ModelComparison, double?> ratio)
        {
            Add($"calls beside {peer}, geometric mean", Ratios.GeometricMean(models.Select(ratio)), LeastMean);
            Add($"calls beside {peer}, worst model", Ratios.Worst(models.Select(ratio)), LeastWorst);
        }

        void Add(string what, double? value, double bound)
        {
            if (value is { } known) measures.Add(new Measure(what, known, bound));
        }
    }
}
