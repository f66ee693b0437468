using System.Globalization;
using System.Text;

namespace ModelBuild.Plan;

/// <summary>A word of a plan, or a part of one, that knows its place.</summary>
/// <param name="Text">The word as it stands.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its first character, from 1.</param>
internal readonly record struct PlanToken(string Text, int Line, int Column)
{
    /// <summary>A mistake in this word.</summary>
    public FormatException Error(string what) => Error(what, Line, Column);

    /// <summary>A mistake somewhere.</summary>
    public static FormatException Error(string what, int line, int column) => new($"Plan line {line}: {what} at column {column}.");

    /// <summary>The part from <paramref name="start"/> to <paramref name="end"/>, or to the end.</summary>
    public PlanToken Part(int start, int? end = null) =>
        this with { Text = Text.Substring(start, (end ?? Text.Length) - start), Column = Column + start };

    public int Integer() =>
        int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : throw Error($"\"{Text}\" is no integer");

    /// <summary>An integer that is not negative.</summary>
    public int Size() => Integer() is >= 0 and int size ? size : throw Error("a size is not negative");

    public float Single() =>
        float.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : throw Error($"\"{Text}\" is no number");

    /// <summary>An identifier.</summary>
    public string Word() => PlanMarks.IsWord(Text) ? Text : throw Error($"\"{Text}\" is no name");

    /// <summary>A text, in quotes or without.</summary>
    public string Name()
    {
        if (Text.Length > 0 && Text[0] == '"') return Quoted();
        return PlanMarks.IsBare(Text) ? Text : throw Error("a quoted text expected");
    }

    /// <summary>A text in quotes, which the word is as a whole.</summary>
    public string Quoted()
    {
        bool isClosed = Text.Length > 1 && Text[0] == '"' && Text[Text.Length - 1] == '"';
        return isClosed ? Part(1, Text.Length - 1).Unescaped() : throw Error("a text without closing quote");
    }

    /// <summary>The text without the backslashes before quotes, backslashes, and the letters of line ends.</summary>
    public string Unescaped()
    {
        StringBuilder text = new();
        for (int i = 0; i < Text.Length; i++)
        {
            if (Text[i] != '\\') text.Append(Text[i]);
            else if (++i < Text.Length) text.Append(Text[i] switch { 'n' => '\n', 'r' => '\r', char other => other });
        }
        return text.ToString();
    }

    /// <summary>The parts between separators; none of an empty word.</summary>
    public IReadOnlyList<PlanToken> Split(char separator)
    {
        List<PlanToken> parts = [];
        for (int start = 0; start <= Text.Length && Text.Length > 0;)
        {
            int end = Text.IndexOf(separator, start);
            if (end < 0) end = Text.Length;
            parts.Add(Part(start, end));
            start = end + 1;
        }
        return parts;
    }

    /// <summary>The parts between separators.</summary>
    /// <exception cref="FormatException">They are fewer or more than there may be of what is expected.</exception>
    public IReadOnlyList<PlanToken> Split(char separator, int least, int most, string what)
    {
        IReadOnlyList<PlanToken> parts = Split(separator);
        return parts.Count >= least && parts.Count <= most ? parts : throw Error($"{what} expected");
    }

    /// <summary>Integers in brackets.</summary>
    public IReadOnlyList<int> Integers() => [.. Elements().Select(element => element.Integer())];

    /// <summary>What is in brackets, taken apart.</summary>
    public IReadOnlyList<PlanToken> Elements()
    {
        if (Text.Length < 2 || Text[0] != '[' || Text[Text.Length - 1] != ']') throw Error("a list without closing bracket");
        return Part(1, Text.Length - 1).Split(',');
    }

    /// <summary>An element type with dimensions behind it: "float[1,10]".</summary>
    public (string Type, IReadOnlyList<int> Shape) Typed()
    {
        int bracket = Text.IndexOf('[');
        if (bracket < 0) throw Error("a list expected");
        return (Part(0, bracket).Word(), Part(bracket).Integers());
    }

    /// <summary>Takes "name=value" apart; null where there is no name.</summary>
    public (string Name, PlanToken Value)? Named()
    {
        int equals = Text.IndexOf('=');
        return equals > 0 && PlanMarks.IsWord(Text.Substring(0, equals)) ? (Text.Substring(0, equals), Part(equals + 1)) : null;
    }
}
