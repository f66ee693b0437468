using System.Globalization;
using ModelBuild.Compiler.Quantization;

namespace ModelBuild.Compiler.Reporting;

/// <summary>The texts that the build prints and the generated class repeats.</summary>
internal static class SummaryLine
{
    private const double Mega = 1_000_000;

    /// <summary>"digits.pb -> Digits: " and <see cref="Facts"/>.</summary>
    public static string Of(CompressionReport report) => $"{report.Source} -> {report.ClassName}: {Facts(report)}";

    /// <summary>"85.6 KB -> 19.4 KB (4.4x), int8, top-1 99.16 % -> 99.16 %, 0.41 MMAC, 12 layers".</summary>
    public static string Facts(CompressionReport report)
    {
        List<string> facts =
        [
            string.Create(CultureInfo.InvariantCulture, $"{Numbers.Size(report.SourceBytes)} -> {Numbers.Size(report.CompressedBytes)} ({(double)report.SourceBytes / report.CompressedBytes:F1}x)"),
            Precision(report),
        ];
        if (report is { FloatAccuracy: { } before, CompressedAccuracy: { } after })
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"top-1 {before.Percent:F2} % -> {after.Percent:F2} %"));
        else if (report.SignalToNoise is { } decibels && double.IsFinite(decibels))
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"signal-to-noise {decibels:F1} dB"));
        facts.Add(string.Create(CultureInfo.InvariantCulture, $"{report.MultiplyAdds / Mega:F2} MMAC"));
        facts.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Layers.Count} layers"));
        if (report.FloatLayers > 0) facts.Add(string.Create(CultureInfo.InvariantCulture, $"{report.FloatLayers} of them in float"));
        if (report.DecodedInputs.Count > 0) facts.Add($"input at {string.Join(" and ", report.DecodedInputs)}");
        return string.Join(", ", facts);
    }

    /// <summary>How numbers are stored.</summary>
    public static string Precision(CompressionReport report)
    {
        bool isPlain = report.Weights == (report.Quantize == QuantizeMode.None ? nameof(WeightKind.Float32) : nameof(WeightKind.Int8));
        string weights = $"{(isPlain ? "int8" : report.Weights)} weights", layers = report.LayerPrecisions is null ? "" : $", {report.LayerPrecisions}";
        string precision = report.Quantize switch
        {
            QuantizeMode.Static => isPlain ? "int8" : $"int8 activations, {weights}",
            QuantizeMode.Int16x8 => $"int16 activations, {weights}",
            QuantizeMode.Dynamic => $"{weights}, ranges found in each call",
            _ => isPlain ? "float32" : $"float32, {weights}",
        };
        return precision + (report.IsDataFree ? ", ranges from batch norms" : "") + layers;
    }
}
