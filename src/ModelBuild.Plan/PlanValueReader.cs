namespace ModelBuild.Plan;

/// <summary>Words of a plan as values. <see cref="PlanValueWriter"/> is the inverse.</summary>
/// <param name="state">What the lines before have said.</param>
internal sealed class PlanValueReader(PlanState state)
{
    /// <summary>The value of a parameter.</summary>
    public PlanValue Value(string parameter, PlanToken token) => token.Text switch
    {
        "" => throw token.Error("a value is missing"),
        "true" => new PlanValue.Boolean(true),
        "false" => new PlanValue.Boolean(false),
        PlanMarks.Fresh => new PlanValue.Buffer(state.Fresh ?? throw token.Error("no buffer stands between the layer above and this one")),
        PlanMarks.Given => new PlanValue.Buffer(state.Given ?? throw token.Error("the layer above has no output")),
        _ => token.Text[0] switch
        {
            '"' => new PlanValue.Text(token.Quoted()),
            PlanMarks.Buffer => new PlanValue.Buffer(token.Part(1).Name()),
            PlanMarks.Tensor => new PlanValue.Tensor(Tensor(parameter, token)),
            '[' when IsSingle(token) => new PlanValue.Singles([.. Number(token).Elements().Select(element => element.Single())]),
            '[' => new PlanValue.Integers(token.Integers()),
            _ when IsSingle(token) => new PlanValue.Single(Number(token).Single()),
            _ => new PlanValue.Integer(token.Integer()),
        },
    };

    /// <summary>A constant.</summary>
    public PlanTensor Tensor(string parameter, PlanToken token)
    {
        if (token.Text[0] != PlanMarks.Tensor) throw token.Error("a tensor expected");
        IReadOnlyList<PlanToken> ends = token.Part(1).Split('@', 1, 2, "a tensor");
        IReadOnlyList<PlanToken> parts = ends[0].Split(':', 2, 3, "shape, bytes and coding");
        (string Type, string Coding)? form = state.Form(parameter);
        (string type, IReadOnlyList<int> shape) = parts[0].Text.Length switch
        {
            > 0 when parts[0].Text[0] != '[' => parts[0].Typed(),
            int length => (form?.Type ?? throw token.Error("a tensor without type"), length == 0 ? state.Shape : parts[0].Integers()),
        };
        string coding = parts.Count == 3 ? parts[2].Word() : form?.Coding ?? throw token.Error("a tensor without coding");
        long offset = ends.Count == 2 ? ends[1].Size() : state.Offset;
        if (offset > int.MaxValue) throw token.Error("a tensor beyond 2 GB");
        PlanTensor tensor = new(type, shape, (int)offset, parts[1].Size(), coding);
        state.Add(parameter, tensor);
        return tensor;
    }

    private static bool IsSingle(PlanToken token) => token.Text[token.Text.Length - 1] == 'f';

    private static PlanToken Number(PlanToken token) => token.Part(0, token.Text.Length - 1);
}
