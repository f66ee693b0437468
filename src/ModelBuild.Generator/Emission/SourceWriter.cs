using System.Text;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes indented lines that end in line feeds.</summary>
internal sealed class SourceWriter
{
    private const int MaxWidth = 140, Indent = 4;
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line, or an empty one.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0) _text.Append(' ', _depth * Indent).Append(line);
        _text.Append('\n');
    }

    /// <summary>Writes a documentation element.</summary>
    /// <param name="tag">Its name, and attributes if any.</param>
    /// <param name="xml">Its content, escaped.</param>
    public void Doc(string tag, string xml) => Line($"/// <{tag}>{xml}</{tag.Split(' ')[0]}>");

    /// <summary>Opens a block.</summary>
    public void Open()
    {
        Line("{");
        _depth++;
    }

    /// <summary>Closes a block.</summary>
    public void Close()
    {
        _depth--;
        Line("}");
    }

    /// <summary>
    /// Writes <paramref name="head"/>, the items with commas between and <paramref name="tail"/>, over as many lines as it takes.
    /// </summary>
    /// <param name="head">Ends in a bracket.</param>
    /// <param name="items">Expressions. One with a list of numbers may be cut within the list.</param>
    /// <param name="tail">Begins with a bracket.</param>
    public void Wrapped(string head, IReadOnlyList<string> items, string tail)
    {
        string line = head;
        bool joins = true;
        for (int i = 0; i < items.Count; i++)
        {
            string item = items[i] + (i < items.Count - 1 ? "," : tail);
            bool isList = item.Contains('[') && !item.Contains('"');
            foreach (string piece in isList ? item.Split(' ') : [item])
            {
                if (_depth * Indent + line.Length + 1 + piece.Length > MaxWidth)
                {
                    Line(line);
                    line = new string(' ', Indent) + piece;
                }
                else line += joins ? piece : " " + piece;
                joins = false;
            }
        }
        Line(items.Count == 0 ? head + tail : line);
    }

    public override string ToString() => _text.ToString();
}
