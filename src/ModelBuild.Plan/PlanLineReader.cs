using System.Globalization;
using System.Text;

namespace ModelBuild.Plan;

/// <summary>Cuts one line of a plan into typed values.</summary>
internal sealed class PlanLineReader(string line, int number)
{
    private int _at;

    public bool AtEnd => _at >= line.Length;

    public FormatException Error(string what) => new($"Plan line {number}: {what} at column {_at + 1}.");

    public void ExpectEnd()
    {
        if (!AtEnd) throw Error("unexpected text");
    }

    /// <summary>The characters up to the next space.</summary>
    public string Word() => Take(' ');

    /// <summary>The characters up to "=".</summary>
    public string Name()
    {
        if (AtEnd) throw Error("a parameter is missing");
        int end = line.IndexOf('=', _at);
        if (end < 0) throw Error("a parameter without value");
        string name = line.Substring(_at, end - _at);
        _at = end + 1;
        return name;
    }

    public int Integer() => ParseInteger(Word());

    /// <summary>An integer that is not negative.</summary>
    public int Size() => Integer() is >= 0 and int size ? size : throw Error("a size is not negative");

    public bool Boolean() => Word() switch { "true" => true, "false" => false, _ => throw Error("true or false expected") };

    public IReadOnlyList<int> Integers() => Value() is PlanValue.Integers list ? list.Values : throw Error("a list of integers expected");

    public string Text() => !AtEnd && line[_at] == '"' ? Quoted() : throw Error("a quoted text expected");

    public PlanValue Value()
    {
        if (AtEnd) throw Error("a value is missing");
        if (line[_at] == '"') return new PlanValue.Text(Text());
        if (line[_at] is '@' or '$')
        {
            bool isBuffer = line[_at++] == '@';
            return isBuffer ? new PlanValue.Buffer(Text()) : new PlanValue.Tensor(Text());
        }
        string word = Word();
        return word switch
        {
            "true" => new PlanValue.Boolean(true),
            "false" => new PlanValue.Boolean(false),
            _ when word[0] == '[' => List(word),
            _ when word.EndsWith("f", StringComparison.Ordinal) => new PlanValue.Single(ParseSingle(word.Substring(0, word.Length - 1))),
            _ => new PlanValue.Integer(ParseInteger(word)),
        };
    }

    private PlanValue List(string word)
    {
        bool isSingles = word.EndsWith("f", StringComparison.Ordinal);
        string list = isSingles ? word.Substring(0, word.Length - 1) : word;
        if (list.Length < 2 || list[list.Length - 1] != ']') throw Error("a list without closing bracket");
        string[] parts = list.Length == 2 ? [] : list.Substring(1, list.Length - 2).Split(',');
        return isSingles ? new PlanValue.Singles([.. parts.Select(ParseSingle)]) : new PlanValue.Integers([.. parts.Select(ParseInteger)]);
    }

    private string Quoted()
    {
        StringBuilder text = new();
        for (_at++; _at < line.Length && line[_at] != '"'; _at++)
        {
            if (line[_at] != '\\') text.Append(line[_at]);
            else if (++_at < line.Length) text.Append(line[_at] switch { 'n' => '\n', 'r' => '\r', char other => other });
        }
        if (_at >= line.Length) throw Error("a text without closing quote");
        _at++;
        if (_at < line.Length && line[_at] != ' ') throw Error("a space is missing");
        _at++;
        return text.ToString();
    }

    private string Take(char until)
    {
        if (AtEnd) throw Error("a word is missing");
        int end = line.IndexOf(until, _at);
        if (end < 0) end = line.Length;
        string word = line.Substring(_at, end - _at);
        if (word.Length == 0) throw Error("a word is missing");
        _at = end + 1;
        return word;
    }

    private int ParseInteger(string word) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : throw Error($"\"{word}\" is no integer");

    private float ParseSingle(string word) =>
        float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : throw Error($"\"{word}\" is no number");
}
