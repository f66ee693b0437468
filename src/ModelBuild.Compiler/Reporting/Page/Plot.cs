using System.Text;

namespace ModelBuild.Compiler.Reporting.Page;

/// <summary>
/// Drawings that fit any width: the SVG is stretched and holds no text, lines and dots keep their size, and what is written
/// stands around it in HTML.
/// </summary>
internal static class Plot
{
    // Of a column's share of the width.
    private const double Gap = 0.2;

    /// <summary>Columns side by side, the pale one of each behind the other.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="note">What the colours mean.</param>
    /// <param name="columns">Name, height of the pale column and of the other, and what to say of it; null for no column.</param>
    public static string Columns(string title, string note, IReadOnlyList<(string Name, double? Pale, double? Main, string Figure)> columns)
    {
        double greatest = columns.Max(column => Math.Max(column.Pale ?? 0, column.Main ?? 0));
        Axis axis = new(0, greatest);
        double width = 100.0 / columns.Count;
        StringBuilder drawing = new(Grid(axis));
        for (int i = 0; i < columns.Count; i++)
        {
            (string name, double? pale, double? main, string figure) = columns[i];
            if (pale is null && main is null) continue;
            drawing.Append($"<g><title>{Html.Escape(name)}: {Html.Escape(figure)}</title>");
            if (pale is { } back) drawing.Append(Column("pale", i * width + width * Gap / 2, width * (1 - Gap), axis.Place(back)));
            if (main is { } front) drawing.Append(Column("main", i * width + width * Gap / 2, width * (1 - Gap), axis.Place(front)));
            drawing.Append("</g>\n");
        }
        return Figure(title, note, "frame", axis, drawing, "");
    }

    /// <summary>Dots by two figures, with dashed lines at bounds of these.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="note">What the axes are.</param>
    /// <param name="across">Axis from left to right.</param>
    /// <param name="up">Axis from below.</param>
    /// <param name="bound">Of the second figure; null for none.</param>
    /// <param name="most">Of the first figure; null for none.</param>
    /// <param name="dots">Places, classes of the style, and what to say.</param>
    public static string Dots(
        string title, string note, Axis across, Axis up, double? bound, double? most, IEnumerable<(double Across, double Up, string Style, string Figure)> dots)
    {
        StringBuilder drawing = new(Grid(up));
        if (bound is { } level) drawing.Append(Line("bound", 0, up.Place(level), 100, up.Place(level)));
        if (most is { } end) drawing.Append(Line("bound", across.Place(end), 0, across.Place(end), 100));
        foreach ((double x, double y, string style, string figure) in dots)
            drawing.Append($"<g><title>{Html.Escape(figure)}</title>{Line($"dot {style}", across.Place(x), up.Place(y), across.Place(x), up.Place(y))}</g>\n");
        string marks = string.Concat(across.Marks.Select(mark => $"<i style=\"left:{Html.Coordinate(across.Place(mark))}%\">{across.Text(mark)}</i>"));
        return Figure(title, note, "frame tall", up, drawing, $"<div class=\"under\">{marks}</div>");
    }

    /// <summary>A line; from below, in percent.</summary>
    private static string Line(string style, double x1, double y1, double x2, double y2) =>
        $"<line class=\"{style}\" x1=\"{Html.Coordinate(x1)}\" y1=\"{Html.Coordinate(100 - y1)}\" x2=\"{Html.Coordinate(x2)}\" y2=\"{Html.Coordinate(100 - y2)}\"/>";

    private static string Column(string style, double x, double width, double height) =>
        $"<rect class=\"{style}\" x=\"{Html.Coordinate(x)}\" y=\"{Html.Coordinate(100 - height)}\" width=\"{Html.Coordinate(width)}\" height=\"{Html.Coordinate(height)}\"/>";

    private static string Grid(Axis axis) => string.Concat(axis.Marks.Select(mark => Line("grid", 0, axis.Place(mark), 100, axis.Place(mark))));

    private static string Figure(string title, string note, string style, Axis up, StringBuilder drawing, string under)
    {
        string marks = string.Concat(up.Marks.Select(mark => $"<i style=\"bottom:{Html.Coordinate(up.Place(mark))}%\">{up.Text(mark)}</i>"));
        return $"""
            <figure><figcaption>{Html.Escape(title)} <small>{Html.Escape(note)}</small></figcaption>
            <div class="{style}">{marks}<svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="{Html.Escape(title)}">
            {drawing}</svg></div>{under}</figure>

            """;
    }
}
