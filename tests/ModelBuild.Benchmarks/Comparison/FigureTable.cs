using System.Text;
using Spectre.Console;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>A table for the terminal and for README.md.</summary>
/// <param name="Caption">What the figures are; sentences.</param>
/// <param name="Heads">Names of the columns.</param>
/// <param name="Rows">Cells.</param>
internal sealed record FigureTable(string Caption, IReadOnlyList<string> Heads, IReadOnlyList<string[]> Rows)
{
    // Where output goes to a file, tables need not fit a terminal.
    private const int FileWidth = 220;

    /// <summary>Shows it.</summary>
    public void Show()
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = FileWidth;
        Table table = new();
        table.AddColumns([.. Heads]);
        foreach (string[] row in Rows) table.AddRow(row);
        Console.WriteLine();
        Console.WriteLine(Caption);
        AnsiConsole.Write(table);
    }

    /// <summary>Appends it as Markdown, closed by an empty line.</summary>
    public void AppendTo(StringBuilder text)
    {
        text.Append(Caption).Append("\n\n");
        Line(Heads);
        Line([.. Heads.Select(_ => "---")]);
        foreach (string[] row in Rows) Line(row);
        text.Append('\n');

        void Line(IEnumerable<string> cells) => text.Append("| ").Append(string.Join(" | ", cells)).Append(" |\n");
    }
}
