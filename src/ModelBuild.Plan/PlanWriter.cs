using System.Globalization;
using System.Text;

namespace ModelBuild.Plan;

/// <summary>
/// The text form of a plan: one line a fact, a keyword and then values separated by single spaces. Numbers are invariant,
/// floats (and lists of them, as a whole) carry an "f" and round-trip, strings are quoted with \" \\ \n \r escapes, lists are in
/// brackets, a reference is a string after @ for a buffer and after $ for a tensor.
/// </summary>
public static class PlanWriter
{
    /// <summary>First line of every plan: the format and its version.</summary>
    public const string Header = "modelbuild-plan 1";

    /// <summary>Writes <paramref name="plan"/> with line feeds, the same bytes on every machine and culture.</summary>
    public static string Write(ModelPlan plan)
    {
        StringBuilder text = new();
        void Line(params string[] words) => text.Append(string.Join(" ", words)).Append('\n');

        Line(Header);
        Line("source", Quote(plan.Source));
        Line("class", Quote(plan.Namespace), Quote(plan.ClassName), Quote(plan.Access));
        Line("blob", Quote(plan.Resource), Number(plan.BlobBytes));
        Line("arena", Number(plan.ArenaBytes));
        if (plan.Parallelism != 1) Line("parallelism", Number(plan.Parallelism));
        foreach (string remark in plan.Remarks) Line("remark", Quote(remark));
        foreach (string label in plan.Labels) Line("label", Quote(label));
        foreach (PlanPort port in plan.Inputs) Line("input", Port(port));
        foreach (PlanPort port in plan.Outputs) Line("output", Port(port));
        foreach (PlanTensor t in plan.Tensors)
            Line("tensor", Quote(t.Name), Quote(t.Type), List(t.Shape, Number), Number(t.Offset), Number(t.Bytes), Quote(t.Coding));
        foreach (PlanBuffer b in plan.Buffers) Line("buffer", Buffer(b));
        foreach (PlanConstant c in plan.Constants) Line("constant", Quote(c.Name), Quote(c.Tensor), Quote(c.Remarks));
        foreach (PlanLayer layer in plan.Layers) Line(Layer(layer));
        return text.ToString();
    }

    private static string Port(PlanPort port) => string.Join(" ",
        Quote(port.Name), Quote(port.Type), List(port.Shape, Number), port.TakesPixels ? "true" : "false", Quote(port.Remarks));

    private static string Buffer(PlanBuffer b)
    {
        string head = string.Join(" ", Quote(b.Name), Quote(b.Type), List(b.Shape, Number), Number(b.Offset), Quote(b.Remarks));
        return b.Geometry is { } g
            ? string.Join(" ", head, Number(g.Pitch), Number(g.Origin), Number(g.Size), Number(g.Border))
            : head;
    }

    private static string Layer(PlanLayer layer)
    {
        StringBuilder text = new();
        text.Append(layer.Role switch { PlanRole.Entry => "entry ", PlanRole.Exit => "exit ", _ => "layer " });
        if (layer.Role != PlanRole.Inner) text.Append(Number(layer.Port)).Append(' ');
        text.Append(Quote(layer.Kind)).Append(' ').Append(Quote(layer.Name)).Append(' ').Append(Quote(layer.Remarks));
        foreach (PlanParameter p in layer.Parameters) text.Append(' ').Append(p.Name).Append('=').Append(Value(p.Value));
        return text.ToString();
    }

    private static string Value(PlanValue value) => value switch
    {
        PlanValue.Integer v => Number(v.Value),
        PlanValue.Single v => Number(v.Value),
        PlanValue.Boolean v => v.Value ? "true" : "false",
        PlanValue.Text v => Quote(v.Value),
        PlanValue.Integers v => List(v.Values, Number),
        PlanValue.Singles v => List(v.Values, Bare) + "f",
        PlanValue.Buffer v => "@" + Quote(v.Name),
        PlanValue.Tensor v => "$" + Quote(v.Name),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static string List<T>(IReadOnlyList<T> values, Func<T, string> write) => "[" + string.Join(",", values.Select(write)) + "]";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(float value) => Bare(value) + "f";

    // Nine digits are enough for every float to come back as it was, also on .NET Framework, whose "R" is not.
    private static string Bare(float value) => value.ToString("G9", CultureInfo.InvariantCulture);

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\r", "\\r").Replace("\n", "\\n") + "\"";
}
