using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Reporting;

/// <summary>Makes reports of what the stages found.</summary>
internal static class Reports
{
    /// <summary>A report of sizes; what is measured on data comes later.</summary>
    public static CompressionReport Sizes(
        ModelOptions options, ParsedOptions parsed, ImportedModel imported, QuantizedGraph quantized, LoweredModel lowered) => new()
    {
        Source = lowered.Plan.Source,
        ClassName = lowered.Plan.ClassName,
        SourceBytes = ModelFiles.Size(options.ModelPath),
        WeightBytes = lowered.Blob.Length,
        CompressedBytes = lowered.Bytes,
        Sizes = Steps(options, quantized, lowered),
        ArenaBytes = lowered.Plan.ArenaBytes,
        Quantize = parsed.Quantize,
        IsDataFree = options.CalibrationData is null && quantized.Precisions.Any(quantized.Graph, precision => precision.NeedsRanges),
        Optimize = parsed.Optimize,
        Weights = parsed.Precision.Weights.ToString(),
        LayerPrecisions = options.Layers,
        DecodedInputs = imported.DecodedInputs,
        MultiplyAdds = lowered.MultiplyAdds,
        Layers = Layers(quantized, lowered),
        FloatLayers = parsed.Quantize == QuantizeMode.Static ? lowered.FloatLayerCount : 0,
        Recovery = quantized.Recovery,
    };

    /// <summary>Sentences for the documentation of the generated class.</summary>
    public static IReadOnlyList<string> Remarks(CompressionReport report)
    {
        List<string> remarks = [SummaryLine.Facts(report) + "."];
        if (report.CompressedAccuracy is { } accuracy) remarks.Add(FormattableString.Invariant($"Accuracy was measured on {accuracy.Samples} samples with the kernels of this class."));
        return remarks;
    }

    private static SizeReport Steps(ModelOptions options, QuantizedGraph quantized, LoweredModel lowered)
    {
        IEnumerable<Value> trained = quantized.Graph.Nodes.SelectMany(node => node.Inputs).Where(NodeCost.IsParameter).Distinct();
        long stored = lowered.Layers.Sum(layer => layer.RawBytes);
        return new SizeReport(
            ModelFiles.Size(options.ModelPath), trained.Sum(value => (long)value.Constant!.Count * value.Type.Bytes), stored,
            stored - quantized.Weights.Values.Sum(weights => Zeros(weights.Values)), lowered.Blob.Length, lowered.Bytes - lowered.Blob.Length);
    }

    private static LayerReport[] Layers(QuantizedGraph quantized, LoweredModel lowered)
    {
        Dictionary<string, Node> nodes = quantized.Graph.Nodes.ToDictionary(node => node.Name);
        return [.. lowered.Layers.Zip(lowered.Plan.Layers).Where(pair => pair.First.Role == PlanRole.Inner)
            .Select(pair => Layer(pair.First, pair.Second, nodes.GetValueOrDefault(pair.First.Name), quantized))];
    }

    private static LayerReport Layer(LoweredLayer figures, PlanLayer layer, Node? node, QuantizedGraph quantized)
    {
        long parameters = node is null ? 0 : NodeCost.Of(node).Parameters;
        LayerReport report = new()
        {
            Name = figures.Name, Kind = layer.Kind, Remarks = layer.Remarks, Precision = Precision(figures, node, quantized),
            FloatBytes = parameters * sizeof(float), StoredBytes = figures.RawBytes, CodedBytes = figures.CodedBytes, MultiplyAdds = figures.MultiplyAdds,
        };
        if (node is null || !quantized.Weights.TryGetValue(node, out QuantizedWeights? weights))
            return report with { Weights = figures.MultiplyAdds > 0 ? parameters : 0 };
        return report with
        {
            Weights = weights.Values.Length,
            LevelBits = Bits(weights),
            ZeroShare = (double)Zeros(weights.Values) / weights.Values.Length,
        };
    }

    /// <summary>"int8", "int16, Int4/32 weights".</summary>
    private static string Precision(LoweredLayer figures, Node? node, QuantizedGraph quantized)
    {
        bool isFloat = figures.IsFloat || figures.Kind == nameof(SoftmaxFloat);
        string activations = isFloat ? "float32" : figures.Kind.EndsWith("Int16", StringComparison.Ordinal) ? "int16" : "int8";
        if (node is null || figures.MultiplyAdds == 0) return activations;
        WeightKind plain = isFloat ? WeightKind.Float32 : WeightKind.Int8;
        WeightForm form = quantized.Precisions[node].Weights;
        return form.Kind == plain || (!form.IsFloat && !quantized.Weights.ContainsKey(node)) ? activations : $"{activations}, {form} weights";
    }

    private static int Bits(QuantizedWeights weights) => weights.Levels switch
    {
        LevelSet.Codebook codebook => int.Log2(Math.Max(1, codebook.Levels.Length - 1)) + 1,
        LevelSet.Grouped groups => int.Log2(groups.Greatest) + 2,
        _ => int.Log2(Math.Max(1, weights.Values.Max(value => Math.Abs((int)value)))) + 2,
    };

    private static int Zeros(sbyte[] values) => values.Count(value => value == 0);
}
