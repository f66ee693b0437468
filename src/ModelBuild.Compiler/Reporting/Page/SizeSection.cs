namespace ModelBuild.Compiler.Reporting.Page;

/// <summary>What became of the bytes.</summary>
internal static class SizeSection
{
    public static string? Of(CompressionReport report)
    {
        if (report.Sizes is not { } sizes) return null;
        (string Name, long Bytes)[] steps =
        [
            ("Model file", sizes.Source), ("Weights after folding", sizes.Graph), ($"Stored as {Stored(report.Quantize)}", sizes.Stored),
            ("Without zeros", sizes.NonZero), ("Entropy-coded", sizes.Coded), ("Shipped, with the plan", sizes.Coded + sizes.Plan),
        ];
        double widest = steps.Max(step => step.Bytes);
        List<(string, double, double, string)> bars = [];
        long before = steps[0].Bytes;
        foreach ((string name, long bytes) in steps)
        {
            bars.Add((name, 100 * before / widest, 100 * bytes / widest, Numbers.Size(bytes)));
            before = Math.Max(bytes, 1);
        }
        return ReportPage.Section("Size by cause", "What each step leaves; pale is what it took away. Zeros take part of a bit each once they are coded.", Html.Bars(bars));
    }

    private static string Stored(QuantizeMode mode) => mode == QuantizeMode.None ? "float32" : "integers";
}
