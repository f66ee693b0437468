using System.Globalization;
using System.Net;
using System.Text;

namespace ModelBuild.Compiler.Reporting.Page;

/// <summary>Pieces of HTML.</summary>
internal static class Html
{
    /// <summary>A text with what HTML would take for itself escaped.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A coordinate in percent of a drawing.</summary>
    public static string Coordinate(double value) => Math.Round(value, 3).ToString(CultureInfo.InvariantCulture);

    /// <summary>A table that scrolls sideways where there is no room.</summary>
    /// <param name="columns">Headings; those that end in a colon, which is left out, head texts, the others numbers.</param>
    /// <param name="rows">Cells as HTML.</param>
    public static string Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        string[] classes = [.. columns.Select(column => column.EndsWith(':') ? " class=\"text\"" : "")];
        StringBuilder table = new("<div class=\"scroll\"><table><thead><tr>");
        for (int i = 0; i < columns.Count; i++) table.Append($"<th{classes[i]}>{Escape(columns[i].TrimEnd(':'))}</th>");
        table.Append("</tr></thead><tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            table.Append("<tr>");
            for (int i = 0; i < row.Count; i++) table.Append($"<td{classes[i]}>{row[i]}</td>");
            table.Append("</tr>\n");
        }
        return table.Append("</tbody></table></div>\n").ToString();
    }

    /// <summary>A list of bars that lie, each with its name before and its figure behind.</summary>
    /// <param name="bars">The end of the pale part and that of the main part before it, in percent of the widest.</param>
    public static string Bars(IEnumerable<(string Name, double Pale, double Main, string Figure)> bars) => Strips(bars.Select(bar => (bar.Name,
        $"<rect class=\"pale\" width=\"{Coordinate(bar.Pale)}\" height=\"1\"/><rect class=\"main\" width=\"{Coordinate(bar.Main)}\" height=\"1\"/>", bar.Figure)));

    /// <summary>A list of drawings 100 wide and 1 high, each with its name before and its figure behind.</summary>
    public static string Strips(IEnumerable<(string Name, string Drawing, string Figure)> strips)
    {
        StringBuilder list = new("<div class=\"bars\">\n");
        foreach ((string name, string drawing, string figure) in strips)
        {
            list.Append($"<div><span>{Escape(name)}</span><svg viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{drawing}</svg>");
            list.Append($"<b>{Escape(figure)}</b></div>\n");
        }
        return list.Append("</div>\n").ToString();
    }

    /// <summary>A figure, coloured by how much worse it became: more than 0, nothing, or less.</summary>
    public static string Coloured(double worse, string text) => worse == 0 ? text : $"<span class=\"{(worse > 0 ? "bad" : "good")}\">{text}</span>";
}
