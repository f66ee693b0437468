using System.Globalization;
using System.Text;

namespace ModelBuild.Plan;

/// <summary>Values as the words of a plan. <see cref="PlanValueReader"/> is the inverse.</summary>
/// <param name="state">What the lines before have said.</param>
internal sealed class PlanValueWriter(PlanState state)
{
    /// <summary>The value of a parameter.</summary>
    public string Value(string parameter, PlanValue value) => value switch
    {
        PlanValue.Integer v => Number(v.Value),
        PlanValue.Single v => Number(v.Value) + "f",
        PlanValue.Boolean v => v.Value ? "true" : "false",
        PlanValue.Text v => Quote(v.Value),
        PlanValue.Integers v => List(v.Values),
        PlanValue.Singles v => "[" + string.Join(",", v.Values.Select(Number)) + "]f",
        PlanValue.Buffer v when v.Name == state.Fresh => PlanMarks.Fresh,
        PlanValue.Buffer v when v.Name == state.Given => PlanMarks.Given,
        PlanValue.Buffer v => PlanMarks.Buffer + Text(v.Name),
        PlanValue.Tensor v => Tensor(parameter, v.Constant),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>A constant: $TYPE[SHAPE]:BYTES:CODING@OFFSET, without what the tensors before say.</summary>
    public string Tensor(string parameter, PlanTensor tensor)
    {
        (string Type, string Coding)? form = state.Form(parameter);
        StringBuilder text = new();
        text.Append(PlanMarks.Tensor);
        bool isOther = form?.Type != tensor.Type;
        if (isOther) text.Append(tensor.Type);
        if (isOther || !state.Shape.SequenceEqual(tensor.Shape)) text.Append(List(tensor.Shape));
        text.Append(':').Append(Number(tensor.Bytes));
        if (form?.Coding != tensor.Coding) text.Append(':').Append(tensor.Coding);
        if (state.Offset != tensor.Offset) text.Append('@').Append(Number(tensor.Offset));
        state.Add(parameter, tensor);
        return text.ToString();
    }

    /// <summary>A text, in quotes where it needs them.</summary>
    public static string Text(string text) => PlanMarks.IsBare(text) ? text : Quote(text);

    /// <summary>A text for the end of a line.</summary>
    public static string Escape(string text) => text.Replace("\\", "\\\\").Replace("\r", "\\r").Replace("\n", "\\n");

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The fewest digits of seven to nine from which the float comes back as it was, also on .NET Framework.</summary>
    public static string Number(float value)
    {
        foreach (string format in new[] { "G7", "G8" })
        {
            string text = value.ToString(format, CultureInfo.InvariantCulture);
            if (float.Parse(text, CultureInfo.InvariantCulture) == value) return text;
        }
        return value.ToString("G9", CultureInfo.InvariantCulture);
    }

    public static string List(IEnumerable<int> values) => "[" + string.Join(",", values.Select(Number)) + "]";

    private static string Quote(string text) => "\"" + Escape(text).Replace("\"", "\\\"") + "\"";
}
