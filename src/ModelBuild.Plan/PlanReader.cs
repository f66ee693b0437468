using System.Globalization;

namespace ModelBuild.Plan;

/// <summary>Reads the text form that <see cref="PlanWriter"/> writes.</summary>
public static class PlanReader
{
    /// <exception cref="FormatException">The text is not a plan of this version; the message names the line.</exception>
    public static ModelPlan Read(string text)
    {
        string source = "", space = "", name = "", access = "", resource = "";
        int blobBytes = 0, arenaBytes = 0, number = 0;
        List<string> remarks = [], labels = [];
        List<PlanPort> inputs = [], outputs = [];
        List<PlanTensor> tensors = [];
        List<PlanBuffer> buffers = [];
        List<PlanLayer> layers = [];
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (number == 1 && line.TrimEnd('\r') != PlanWriter.Header)
                throw new FormatException($"Not a plan: the first line is not \"{PlanWriter.Header}\".");
            if (number == 1 || line.Trim().Length == 0) continue;
            PlanLineReader words = new(line.TrimEnd('\r'), number);
            switch (words.Word())
            {
                case "source": source = words.Text(); break;
                case "class": (space, name, access) = (words.Text(), words.Text(), words.Text()); break;
                case "blob": (resource, blobBytes) = (words.Text(), words.Integer()); break;
                case "arena": arenaBytes = words.Integer(); break;
                case "remark": remarks.Add(words.Text()); break;
                case "label": labels.Add(words.Text()); break;
                case "input": inputs.Add(Port(words)); break;
                case "output": outputs.Add(Port(words)); break;
                case "tensor":
                    tensors.Add(new(words.Text(), words.Text(), words.Integers(), words.Integer(), words.Integer(), words.Text()));
                    break;
                case "buffer": buffers.Add(Buffer(words)); break;
                case "entry": layers.Add(Layer(words, PlanRole.Entry, words.Integer())); break;
                case "exit": layers.Add(Layer(words, PlanRole.Exit, words.Integer())); break;
                case "layer": layers.Add(Layer(words, PlanRole.Inner, 0)); break;
                default: throw words.Error("unknown keyword");
            }
            words.ExpectEnd();
        }
        return new ModelPlan
        {
            Source = source, Namespace = space, ClassName = name, Access = access, Resource = resource, BlobBytes = blobBytes,
            ArenaBytes = arenaBytes, Remarks = remarks, Labels = labels, Inputs = inputs, Outputs = outputs, Tensors = tensors,
            Buffers = buffers, Layers = layers,
        };
    }

    private static PlanPort Port(PlanLineReader words) =>
        new(words.Text(), words.Text(), words.Integers(), words.Boolean(), words.Text());

    private static PlanBuffer Buffer(PlanLineReader words)
    {
        string name = words.Text(), type = words.Text();
        IReadOnlyList<int> shape = words.Integers();
        int offset = words.Integer();
        string remarks = words.Text();
        PlanGeometry? geometry = words.AtEnd ? null : new(words.Integer(), words.Integer(), words.Integer(), words.Integer());
        return new PlanBuffer(name, type, shape, offset, geometry, remarks);
    }

    private static PlanLayer Layer(PlanLineReader words, PlanRole role, int port)
    {
        string kind = words.Text(), name = words.Text(), remarks = words.Text();
        List<PlanParameter> parameters = [];
        while (!words.AtEnd) parameters.Add(new(words.Name(), words.Value()));
        return new PlanLayer(kind, name, role, port, parameters, remarks);
    }
}

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
        int end = line.IndexOf('=', _at);
        if (end < 0) throw Error("a parameter without value");
        string name = line.Substring(_at, end - _at);
        _at = end + 1;
        return name;
    }

    public int Integer() => ParseInteger(Word());

    public bool Boolean() => Word() == "true";

    public IReadOnlyList<int> Integers() => Value() is PlanValue.Integers list ? list.Values : throw Error("a list of integers expected");

    public string Text() => Value() is PlanValue.Text text ? text.Value : throw Error("a quoted text expected");

    public PlanValue Value()
    {
        if (AtEnd) throw Error("a value is missing");
        if (line[_at] == '"') return new PlanValue.Text(Quoted());
        string word = Word();
        return word switch
        {
            "true" => new PlanValue.Boolean(true),
            "false" => new PlanValue.Boolean(false),
            _ when word[0] == '@' => new PlanValue.Buffer(word.Substring(1)),
            _ when word[0] == '$' => new PlanValue.Tensor(word.Substring(1)),
            _ when word[0] == '[' => List(word),
            _ when word.EndsWith("f", StringComparison.Ordinal) => new PlanValue.Single(ParseSingle(word)),
            _ => new PlanValue.Integer(ParseInteger(word)),
        };
    }

    private PlanValue List(string word)
    {
        string[] parts = word.Length == 2 ? [] : word.Substring(1, word.Length - 2).Split(',');
        return parts.Any(part => part.EndsWith("f", StringComparison.Ordinal))
            ? new PlanValue.Singles([.. parts.Select(ParseSingle)])
            : new PlanValue.Integers([.. parts.Select(ParseInteger)]);
    }

    private string Quoted()
    {
        System.Text.StringBuilder text = new();
        for (_at++; _at < line.Length && line[_at] != '"'; _at++)
        {
            if (line[_at] != '\\') text.Append(line[_at]);
            else text.Append(line[++_at] switch { 'n' => '\n', 'r' => '\r', char other => other });
        }
        if (_at >= line.Length) throw Error("a text without closing quote");
        _at += 2;
        return text.ToString();
    }

    private string Take(char until)
    {
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
        float.TryParse(word.TrimEnd('f'), NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : throw Error($"\"{word}\" is no number");
}
