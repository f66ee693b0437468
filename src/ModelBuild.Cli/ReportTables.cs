using ModelBuild.Compiler;
using ModelBuild.Compiler.Reporting;
using ModelBuild.Compiler.Validation;
using Spectre.Console;

namespace ModelBuild.Cli;

/// <summary>Reports of compressions as people see them in a terminal.</summary>
internal static class ReportTables
{
    /// <summary>A report: its layers, accuracies and summary.</summary>
    public static void Write(IAnsiConsole console, CompressionReport report)
    {
        Table table = Tables.Create("layer", "kind", "what", "bytes", "bits a weight", "zeros %", "multiply-adds", "dB").LeftAligned(1, 2);
        foreach (LayerReport layer in report.Layers)
        {
            table.AddRow(
                Markup.Escape(layer.Name), Markup.Escape(layer.Kind), Markup.Escape(layer.Remarks), Count(layer.CodedBytes),
                Optional(layer.CodedBitsPerWeight, 2), Optional(100 * layer.ZeroShare, 1), Count(layer.MultiplyAdds), Optional(layer.SignalToNoise, 1));
        }
        console.Write(table);
        console.WriteLine();
        WriteAccuracy(console, "float accuracy", report.FloatAccuracy);
        WriteAccuracy(console, "compressed accuracy", report.CompressedAccuracy);
        if (report.Changes is { } changes)
            console.WriteLine($"difference: with 95 % confidence between {Numbers.Signed(changes.Difference.Low, 2)} and {Numbers.Signed(changes.Difference.High, 2)} points");
        console.WriteLine(report.Summary);
    }

    /// <summary>What two reports differ in.</summary>
    public static void Write(IAnsiConsole console, ReportDifference difference)
    {
        Table figures = Tables.Create("", "before", "after", "change");
        foreach (FigureChange figure in difference.Figures)
            figures.AddRow(figure.Name, FigureText.Of(figure.Kind, figure.Before), FigureText.Of(figure.Kind, figure.After), FigureText.Change(figure));
        console.Write(figures);
        console.WriteLine();
        if (difference.Layers.Count == 0)
        {
            console.WriteLine("No layer changed.");
            return;
        }
        Table layers = Tables.Create("layer", "bytes before", "after", "change", "dB before", "after", "").LeftAligned(6);
        foreach (LayerChange layer in difference.Layers)
        {
            layers.AddRow(
                Markup.Escape(layer.Name), Optional(layer.Bytes.Before, 0), Optional(layer.Bytes.After, 0), FigureText.Change(layer.Bytes),
                Optional(layer.SignalToNoise.Before, 1), Optional(layer.SignalToNoise.After, 1), Markup.Escape(FigureText.Precision(layer)));
        }
        console.Write(layers);
    }

    private static void WriteAccuracy(IAnsiConsole console, string what, Accuracy? accuracy)
    {
        if (accuracy is not { } measured) return;
        string share = $"{Numbers.Of(measured.Correct)} of {Numbers.Of(measured.Samples)}";
        console.WriteLine($"{what}: {Numbers.Of(measured.Percent, 2)} % ({share}; {Numbers.Of(measured.Interval.Low, 2)} to {Numbers.Of(measured.Interval.High, 2)})");
    }

    private static string Count(long count) => count == 0 ? "" : Numbers.Of(count);

    private static string Optional(double? value, int decimals) => value is { } known ? Numbers.Of(known, decimals) : "";
}
