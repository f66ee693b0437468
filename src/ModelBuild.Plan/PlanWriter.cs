using System.Text;

namespace ModelBuild.Plan;

/// <summary>
/// The text form of a plan: one line a fact, a keyword and then words separated by single spaces. Numbers are invariant, floats
/// (and lists of them, as a whole) carry an "f" and round-trip, texts are quoted with \" \\ \n \r escapes where they are no plain
/// words, lists are in brackets, and a remark goes from # to the end of the line.
/// <code>
/// kind KIND PARAMETER PARAMETER=VALUE ... # REMARK                   a <see cref="PlanSignature"/>; without parameters a known one, * for none
/// constant NAME TENSOR
/// image NAME HEIGHTxWIDTHxCHANNELS OFFSET PITCH,ORIGIN,SIZE[,BORDER] [SCALE,ZEROPOINT]
/// array NAME TYPE[SHAPE] OFFSET
/// [entry PORT | exit PORT] KIND NAME VALUE ... PARAMETER=VALUE ... # REMARK
/// </code>
/// Buffers stand before the first layer that names them. A value is a literal, @NAME for a buffer or constant, &lt; for the output of
/// the layer above, > for the first buffer between that layer and this one (= as a layer's name: its name), or a tensor
/// $TYPE[SHAPE]:BYTES:CODING@OFFSET: type and coding are left out where they are those of the last tensor for the same parameter,
/// the shape where it is that of the last tensor, the offset where the tensor follows all before it.
/// </summary>
public static class PlanWriter
{
    /// <summary>First line of every plan: the format and its version.</summary>
    public const string Header = "modelbuild-plan 2";

    /// <summary>Writes <paramref name="plan"/> with line feeds, the same bytes on every machine and culture.</summary>
    public static string Write(ModelPlan plan)
    {
        StringBuilder text = new();
        void Line(params IEnumerable<string> words) => text.Append(string.Join(" ", words)).Append('\n');

        Line(Header);
        Line("source", PlanValueWriter.Text(plan.Source));
        Line("class", PlanValueWriter.Text(plan.Namespace), PlanValueWriter.Text(plan.ClassName), PlanValueWriter.Text(plan.Access));
        Line("blob", PlanValueWriter.Text(plan.Resource), PlanValueWriter.Number(plan.BlobBytes));
        Line("arena", PlanValueWriter.Number(plan.ArenaBytes));
        if (plan.Parallelism != 1) Line("parallelism", PlanValueWriter.Number(plan.Parallelism));
        foreach (string remark in plan.Remarks) Line("remark", PlanValueWriter.Escape(remark));
        foreach (string label in plan.Labels) Line("label", PlanValueWriter.Escape(label));
        foreach (PlanPort port in plan.Inputs) Line(["input", .. Port(port)]);
        foreach (PlanPort port in plan.Outputs) Line(["output", .. Port(port)]);

        PlanState state = new();
        PlanValueWriter values = new(state);
        foreach (PlanConstant constant in plan.Constants)
            Line("constant", PlanValueWriter.Text(constant.Name), values.Tensor("", constant.Tensor));
        IReadOnlyList<PlanLayerWords> layers = Layers(plan, state, values);
        Dictionary<string, PlanSignature?> signatures =
            layers.GroupBy(words => words.Layer.Kind).ToDictionary(kind => kind.Key, kind => PlanSignatureWriter.Of([.. kind]));
        foreach (KeyValuePair<string, PlanSignature?> kind in signatures)
            if (PlanSignatureWriter.Line(kind.Key, kind.Value) is { } line) Line(line);
        int buffers = 0;
        foreach (PlanLayerWords words in layers)
        {
            while (buffers < words.BuffersBefore) Line(Buffer(plan.Buffers[buffers++]));
            Line(PlanSignatureWriter.Line(words, signatures[words.Layer.Kind]));
        }
        while (buffers < plan.Buffers.Count) Line(Buffer(plan.Buffers[buffers++]));
        return text.ToString();
    }

    private static IReadOnlyList<PlanLayerWords> Layers(ModelPlan plan, PlanState state, PlanValueWriter values)
    {
        Dictionary<string, int> ends = plan.Buffers.Select((buffer, i) => (buffer.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i + 1);
        List<PlanLayerWords> layers = [];
        int buffers = 0;
        foreach (PlanLayer layer in plan.Layers)
        {
            IEnumerable<int> needed = layer.Parameters.Select(parameter => parameter.Value).OfType<PlanValue.Buffer>()
                .Select(buffer => ends.TryGetValue(buffer.Name, out int end) ? end : 0);
            for (int end = needed.Append(0).Max(); buffers < end; buffers++) state.Add(plan.Buffers[buffers]);
            string name = layer.Name == state.Fresh ? PlanMarks.Same : PlanValueWriter.Text(layer.Name);
            layers.Add(new(layer, name, [.. layer.Parameters.Select(parameter => values.Value(parameter.Name, parameter.Value))], buffers));
            state.Add(layer);
        }
        return layers;
    }

    private static IEnumerable<string> Port(PlanPort port) =>
    [
        PlanValueWriter.Text(port.Name), port.Type + PlanValueWriter.List(port.Shape), .. port.TakesPixels ? [PlanMarks.Pixels] : Array.Empty<string>(),
        .. PlanSignatureWriter.Remark(port.Remarks, ""),
    ];

    private static IEnumerable<string> Buffer(PlanBuffer buffer)
    {
        string name = PlanValueWriter.Text(buffer.Name), offset = PlanValueWriter.Number(buffer.Offset);
        if (buffer.Geometry is not { } g) return ["array", name, buffer.Type + PlanValueWriter.List(buffer.Shape), offset];
        if (buffer.Type != "byte" || buffer.Shape.Count != 4 || buffer.Shape[0] != 1)
            throw new ArgumentException($"The image \"{buffer.Name}\" is not byte [1, height, width, channels].");
        string size = string.Join(PlanMarks.Times.ToString(), buffer.Shape.Skip(1).Select(PlanValueWriter.Number));
        int[] plane = g.Border == -1 ? [g.Pitch, g.Origin, g.Size] : [g.Pitch, g.Origin, g.Size, g.Border];
        string[] quantization = g.Quantization is { } q ? [PlanValueWriter.Number(q.Scale) + "," + PlanValueWriter.Number(q.ZeroPoint)] : [];
        return ["image", name, size, offset, string.Join(",", plane.Select(PlanValueWriter.Number)), .. quantization];
    }
}
