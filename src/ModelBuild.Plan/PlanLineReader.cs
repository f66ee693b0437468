namespace ModelBuild.Plan;

/// <summary>Cuts one line of a plan into words.</summary>
internal sealed class PlanLineReader(string line, int number)
{
    private int _at;

    /// <summary>No word follows; a remark may.</summary>
    public bool AtEnd => _at >= line.Length || line[_at] == PlanMarks.Remark;

    /// <summary>A mistake where the next word should be.</summary>
    public FormatException Error(string what) => PlanToken.Error(what, number, _at + 1);

    /// <summary>A word that stands nowhere in the plan, as one of this place.</summary>
    public PlanToken Here(string text) => new(text, number, _at + 1);

    /// <summary>The characters up to the next space outside of quotes.</summary>
    public PlanToken Token()
    {
        if (AtEnd) throw Error("a word is missing");
        int start = _at;
        bool isQuoted = false;
        for (; _at < line.Length && (isQuoted || line[_at] != ' '); _at++)
        {
            if (line[_at] == '"') isQuoted = !isQuoted;
            else if (isQuoted && line[_at] == '\\') _at++;
        }
        PlanToken token = new(line.Substring(start, Math.Min(_at, line.Length) - start), number, start + 1);
        if (isQuoted) throw token.Error("a text without closing quote");
        if (token.Text.Length == 0) throw token.Error("a word is missing");
        _at++;
        return token;
    }

    /// <summary>All words to the end or to the remark.</summary>
    public IReadOnlyList<PlanToken> Tokens()
    {
        List<PlanToken> tokens = [];
        while (!AtEnd) tokens.Add(Token());
        return tokens;
    }

    /// <summary>The rest of the line as a text.</summary>
    public string Rest()
    {
        PlanToken rest = new(_at < line.Length ? line.Substring(_at) : "", number, _at + 1);
        _at = line.Length;
        return rest.Unescaped();
    }

    /// <summary>What stands behind the mark of remarks; null where there is none.</summary>
    public string? Remark()
    {
        if (_at >= line.Length) return null;
        if (!AtEnd) throw Error("unexpected text");
        _at++;
        if (_at < line.Length && line[_at] != ' ') throw Error("a space is missing");
        _at++;
        return Rest();
    }

    /// <exception cref="FormatException">Something follows.</exception>
    public void ExpectEnd()
    {
        if (_at < line.Length) throw Error("unexpected text");
    }
}
