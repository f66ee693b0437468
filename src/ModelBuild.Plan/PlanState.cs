namespace ModelBuild.Plan;

/// <summary>
/// What a line of a plan need not say, because the lines above it do. The writer and the reader go through the same states, so
/// that what the one leaves out the other knows.
/// </summary>
internal sealed class PlanState
{
    private readonly Dictionary<string, (string Type, string Coding)> _forms = [];

    /// <summary>The first buffer since the last layer.</summary>
    public string? Fresh { get; private set; }

    /// <summary>The output of the last layer.</summary>
    public string? Given { get; private set; }

    /// <summary>Shape of the last tensor.</summary>
    public IReadOnlyList<int> Shape { get; private set; } = [];

    /// <summary>Where the next tensor lies if nothing is said: after all before it.</summary>
    public long Offset { get; private set; }

    /// <summary>A buffer has its line.</summary>
    public void Add(PlanBuffer buffer) => Fresh ??= buffer.Name;

    /// <summary>A layer has its line.</summary>
    public void Add(PlanLayer layer)
    {
        Given = (layer.Parameters.FirstOrDefault(parameter => parameter.Name == PlanMarks.Output)?.Value as PlanValue.Buffer)?.Name;
        Fresh = null;
    }

    /// <summary>Element type and coding of the last tensor for the same parameter.</summary>
    public (string Type, string Coding)? Form(string parameter) =>
        _forms.TryGetValue(parameter, out (string Type, string Coding) form) ? form : null;

    /// <summary>A tensor was said.</summary>
    public void Add(string parameter, PlanTensor tensor)
    {
        _forms[parameter] = (tensor.Type, tensor.Coding);
        Shape = tensor.Shape;
        Offset = Math.Max(Offset, (long)tensor.Offset + tensor.Bytes);
    }
}
