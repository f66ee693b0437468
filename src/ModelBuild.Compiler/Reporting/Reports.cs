using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;

namespace ModelBuild.Compiler.Reporting;

/// <summary>Makes reports of what the stages found.</summary>
internal static class Reports
{
    /// <summary>A report of sizes; what is measured on data comes later.</summary>
    public static CompressionReport Sizes(ModelOptions options, ParsedOptions parsed, ImportedModel imported, LoweredModel lowered) => new()
    {
        Source = lowered.Plan.Source,
        ClassName = lowered.Plan.ClassName,
        SourceBytes = ModelFiles.Size(options.ModelPath),
        WeightBytes = lowered.Blob.Length,
        CompressedBytes = lowered.Bytes,
        Quantize = parsed.Quantize,
        DecodedInputs = imported.DecodedInputs,
        MultiplyAdds = lowered.MultiplyAdds,
        Layers = lowered.LayerCount,
        FloatLayers = parsed.Quantize == QuantizeMode.Static ? lowered.FloatLayerCount : 0,
    };

    /// <summary>Sentences for the documentation of the generated class.</summary>
    public static IReadOnlyList<string> Remarks(CompressionReport report)
    {
        List<string> remarks = [SummaryLine.Facts(report) + "."];
        if (report.CompressedAccuracy is { } accuracy) remarks.Add(FormattableString.Invariant($"Accuracy was measured on {accuracy.Samples} samples with the kernels of this class."));
        return remarks;
    }
}
