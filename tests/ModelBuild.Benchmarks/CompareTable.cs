using System.Runtime.Intrinsics.X86;
using System.Text;
using Spectre.Console;

namespace ModelBuild.Benchmarks;

/// <summary>Times of one model.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Times">By contender, ModelBuild first.</param>
/// <param name="Allocated">Bytes that a call of ModelBuild allocates.</param>
internal sealed record CompareRow(string Model, IReadOnlyList<(string Contender, CallTimes Times)> Times, long Allocated)
{
    /// <summary>How many times as long a contender takes as ModelBuild, by fastest rounds; null if it did not run.</summary>
    public double? Ratio(string contender) =>
        Times.FirstOrDefault(entry => entry.Contender == contender) is { Contender: not null } found ? found.Times.Minimum / Times[0].Times.Minimum : null;

    /// <inheritdoc/>
    public override string ToString() =>
        Model + ": " + string.Join(", ", Times.Select(entry => $"{entry.Contender} {entry.Times.Minimum:F1} us (median {entry.Times.Median:F1})"));
}

/// <summary>The comparison as a table: microseconds a call, and ratios above 1 where ModelBuild is faster.</summary>
internal sealed class CompareTable(IReadOnlyList<CompareRow> rows)
{
    private static readonly string[] Peers = ["ONNX Runtime int8", "ONNX Runtime float"];

    private static readonly string[] Heads =
        ["model", "ModelBuild int8: minimum, median", .. Peers.SelectMany(peer => new[] { $"{peer}: minimum, median", "ratio" }), "bytes allocated a call"];

    /// <summary>For the terminal.</summary>
    public Table ToConsole()
    {
        Table table = new();
        table.AddColumns(Heads);
        foreach (CompareRow row in rows) table.AddRow(Cells(row));
        table.AddRow(Means());
        return table;
    }

    /// <summary>For README.md.</summary>
    public string ToMarkdown()
    {
        StringBuilder text = new();
        text.Append("Microseconds a call, batch 1, one thread").Append(Cpu()).Append("; a ratio above 1 means that ModelBuild is faster.\n\n");
        Line(Heads);
        Line([.. Heads.Select(_ => "---")]);
        foreach (CompareRow row in rows) Line(Cells(row));
        Line(Means());
        return text.ToString();

        void Line(string[] cells) => text.Append("| ").Append(string.Join(" | ", cells)).Append(" |\n");
    }

    private static string Cpu() => AvxVnni.IsSupported ? ", a CPU with AVX-512 VNNI or AVX-VNNI" : Avx512BW.IsSupported ? ", a CPU with AVX-512" : "";

    private static string[] Cells(CompareRow row) =>
    [
        row.Model, Text(row.Times[0].Times), .. Peers.SelectMany(peer => new[]
        {
            row.Times.FirstOrDefault(entry => entry.Contender == peer) is { Contender: not null } found ? Text(found.Times) : "-",
            row.Ratio(peer) is { } ratio ? $"{ratio:F2}" : "-",
        }), $"{row.Allocated}",
    ];

    private string[] Means() =>
        ["geometric mean", "", .. Peers.SelectMany(peer => new[] { "", Mean(rows.Select(row => row.Ratio(peer)).OfType<double>().ToArray()) }), ""];

    private static string Mean(double[] ratios) => ratios.Length == 0 ? "-" : $"{Math.Exp(ratios.Average(Math.Log)):F2}";

    private static string Text(CallTimes times) => $"{times.Minimum:F1}, {times.Median:F1}";
}
