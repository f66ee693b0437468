using Spectre.Console;

namespace ModelBuild.Cli;

/// <summary>The tables of all commands.</summary>
internal static class Tables
{
    private const int Gap = 2;

    /// <summary>A table without lines: the first column to the left, the others to the right, as numbers are.</summary>
    public static Table Create(params ReadOnlySpan<string> columns)
    {
        Table table = new() { Border = TableBorder.None };
        for (int i = 0; i < columns.Length; i++)
        {
            table.AddColumn(new TableColumn(columns[i])
            {
                NoWrap = true, Padding = new Padding(0, 0, Gap, 0), Alignment = i == 0 ? Justify.Left : Justify.Right,
            });
        }
        return table;
    }

    /// <summary>The table with columns of text, by their numbers, to the left.</summary>
    public static Table LeftAligned(this Table table, params ReadOnlySpan<int> columns)
    {
        foreach (int column in columns) table.Columns[column].Alignment = Justify.Left;
        return table;
    }
}
