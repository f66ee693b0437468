namespace ModelBuild.Plan;

/// <summary>Reads the text form that <see cref="PlanWriter"/> writes.</summary>
public sealed class PlanReader
{
    private readonly List<string> _remarks = [], _labels = [];
    private readonly List<PlanPort> _inputs = [], _outputs = [];
    private readonly List<PlanBuffer> _buffers = [];
    private readonly List<PlanConstant> _constants = [];
    private readonly List<PlanLayer> _layers = [];
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, PlanSignature?> _signatures = [];
    private readonly PlanState _state = new();
    private readonly PlanValueReader _values;
    private string _source = "", _namespace = "", _className = "", _access = "", _resource = "";
    private int _blobBytes, _arenaBytes = -1, _parallelism = 1;

    private PlanReader() => _values = new(_state);

    /// <exception cref="FormatException">The text is not a plan of this version; the message names the line.</exception>
    public static ModelPlan Read(string text)
    {
        string[] lines = text.Split('\n');
        if (lines[0].TrimEnd('\r') != PlanWriter.Header)
            throw new FormatException($"Not a plan: the first line is not \"{PlanWriter.Header}\".");
        PlanReader reader = new();
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Length > 0) reader.Line(new PlanLineReader(line, i + 1));
        }
        return reader.Plan(lines.Length);
    }

    private ModelPlan Plan(int lines)
    {
        if (_source.Length == 0 || _className.Length == 0 || _arenaBytes < 0) throw new FormatException($"Plan line {lines}: the plan ends too early.");
        return new ModelPlan
        {
            Source = _source, Namespace = _namespace, ClassName = _className, Access = _access, Resource = _resource, BlobBytes = _blobBytes,
            ArenaBytes = _arenaBytes, Parallelism = _parallelism, Remarks = _remarks, Labels = _labels, Inputs = _inputs, Outputs = _outputs,
            Buffers = _buffers, Constants = _constants, Layers = _layers,
        };
    }

    private void Line(PlanLineReader line)
    {
        PlanToken keyword = line.Token();
        switch (keyword.Text)
        {
            case "source": _source = line.Token().Name(); break;
            case "class": (_namespace, _className, _access) = (line.Token().Name(), line.Token().Name(), line.Token().Name()); break;
            case "blob": (_resource, _blobBytes) = (line.Token().Name(), line.Token().Size()); break;
            case "arena": _arenaBytes = line.Token().Size(); break;
            case "parallelism": _parallelism = line.Token().Size(); break;
            case "remark": _remarks.Add(line.Rest()); break;
            case "label": _labels.Add(line.Rest()); break;
            case "input": _inputs.Add(Port(line)); break;
            case "output": _outputs.Add(Port(line)); break;
            case "kind": AddSignature(line); break;
            case "constant": _constants.Add(new PlanConstant(NewName(line.Token()), _values.Tensor("", line.Token()))); break;
            case "image": Add(Image(line)); break;
            case "array": Add(Array(line)); break;
            case "entry": Add(Layer(PlanRole.Entry, line.Token().Size(), line.Token(), line)); break;
            case "exit": Add(Layer(PlanRole.Exit, line.Token().Size(), line.Token(), line)); break;
            case string kind when char.IsUpper(kind[0]): Add(Layer(PlanRole.Inner, 0, keyword, line)); break;
            default: throw keyword.Error("unknown keyword");
        }
        line.ExpectEnd();
    }

    private void Add(PlanBuffer buffer)
    {
        _buffers.Add(buffer);
        _state.Add(buffer);
    }

    private void Add(PlanLayer layer)
    {
        _layers.Add(layer);
        _state.Add(layer);
    }

    private void AddSignature(PlanLineReader line)
    {
        string kind = Kind(line.Token());
        _signatures[kind] = Signature(kind, line);
    }

    /// <summary>The name of a buffer or constant, which layers tell it by.</summary>
    private string NewName(PlanToken token)
    {
        string name = token.Name();
        return _names.Add(name) ? name : throw token.Error($"a second buffer \"{name}\"");
    }

    private static PlanPort Port(PlanLineReader line)
    {
        string name = line.Token().Name();
        (string type, IReadOnlyList<int> shape) = line.Token().Typed();
        bool takesPixels = !line.AtEnd && (line.Token() is { Text: PlanMarks.Pixels } ? true : throw line.Error($"{PlanMarks.Pixels} expected before here"));
        return new PlanPort(name, type, shape, takesPixels, line.Remark() ?? "");
    }

    private PlanBuffer Array(PlanLineReader line)
    {
        string name = NewName(line.Token());
        (string type, IReadOnlyList<int> shape) = line.Token().Typed();
        return new PlanBuffer(name, type, shape, line.Token().Size(), null);
    }

    private PlanBuffer Image(PlanLineReader line)
    {
        string name = NewName(line.Token());
        int[] size = [.. line.Token().Split(PlanMarks.Times, 3, 3, "height, width and channels").Select(part => part.Integer())];
        int offset = line.Token().Size();
        int[] plane = [.. line.Token().Split(',', 3, 4, "pitch, origin, size and border").Select(part => part.Integer())];
        PlanQuantization? quantization = line.AtEnd ? null : Quantization(line.Token());
        PlanGeometry geometry = new(plane[0], plane[1], plane[2], plane.Length > 3 ? plane[3] : -1, quantization);
        return new PlanBuffer(name, "byte", [1, .. size], offset, geometry);
    }

    private static PlanQuantization Quantization(PlanToken token)
    {
        IReadOnlyList<PlanToken> parts = token.Split(',', 2, 2, "scale and zero point");
        return new PlanQuantization(parts[0].Single(), parts[1].Integer());
    }

    private static string Kind(PlanToken token) =>
        PlanKind.TryParse(token.Text) is not null ? token.Text : throw token.Error($"\"{token.Text}\" is no kind of layer");

    private static PlanSignature? Signature(string kind, PlanLineReader line)
    {
        IReadOnlyList<PlanToken> words = line.Tokens();
        if (words.Count == 1 && words[0].Text == PlanMarks.Named) return null;
        PlanSignature signature = PlanSignature.Read(words, line.Remark() ?? "");
        // Without parameters the line only gives a known kind another remark.
        return words.Count == 0 && PlanSignatures.Find(kind) is { } known ? known with { Remarks = signature.Remarks } : signature;
    }

    private PlanLayer Layer(PlanRole role, int port, PlanToken kindWord, PlanLineReader line)
    {
        string kind = Kind(kindWord);
        PlanToken nameWord = line.Token();
        string name = nameWord.Text != PlanMarks.Same ? nameWord.Name() : _state.Fresh ?? throw nameWord.Error("no buffer stands between the layer above and this one");
        IReadOnlyList<PlanToken> words = line.Tokens();
        PlanSignature? signature = _signatures.TryGetValue(kind, out PlanSignature? own) ? own : PlanSignatures.Find(kind);
        IEnumerable<(string Name, PlanToken Value)> arguments = signature?.Fill(line, words)
            ?? words.Select(word => word.Named() ?? throw word.Error("a value without name"));
        PlanParameter[] parameters = [.. arguments.Select(argument => new PlanParameter(argument.Name, _values.Value(argument.Name, argument.Value)))];
        return new PlanLayer(kind, name, role, port, parameters, line.Remark() ?? signature?.Remarks ?? "");
    }
}
