using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>A layer as operations describe it.</summary>
/// <param name="Kind">Class in ModelBuild.Kernels, with its type arguments.</param>
/// <param name="Name">Name from the graph; gets a number if another layer has it.</param>
/// <param name="Remarks">What it does, in a phrase.</param>
internal sealed record LayerDraft(string Kind, string Name, string Remarks)
{
    /// <summary>
    /// The constructor's arguments by name: numbers, truth values, texts, int and float arrays, <see cref="BufferDraft"/>s and
    /// <see cref="PlanTensor"/>s.
    /// </summary>
    public required IReadOnlyList<(string Name, object Value)> Arguments { get; init; }

    public PlanRole Role { get; init; } = PlanRole.Inner;

    /// <summary>Number of the input or output of an entry or exit.</summary>
    public int Port { get; init; }

    /// <summary>Multiplications with a weight of a call.</summary>
    public long MultiplyAdds { get; init; }

    /// <summary>The buffers among the arguments.</summary>
    public IEnumerable<BufferDraft> Buffers => Arguments.Select(argument => argument.Value).OfType<BufferDraft>();

    /// <summary>The constants from the blob, as arrays or as buffers.</summary>
    public IEnumerable<PlanTensor> Tensors => Arguments.Select(argument => argument.Value).OfType<PlanTensor>();

    /// <summary>The layer in the plan.</summary>
    /// <param name="names">Names in the plan of layers and buffers.</param>
    public PlanLayer ToPlan(IReadOnlyDictionary<string, string> names) =>
        new(Kind, names[Name], Role, Port, [.. Arguments.Select(argument => new PlanParameter(argument.Name, ToPlan(argument.Value, names)))], Remarks);

    private static PlanValue ToPlan(object value, IReadOnlyDictionary<string, string> names) => value switch
    {
        int number => new PlanValue.Integer(number),
        float number => new PlanValue.Single(number),
        bool truth => new PlanValue.Boolean(truth),
        string text => new PlanValue.Text(text),
        int[] numbers => new PlanValue.Integers(numbers),
        float[] numbers => new PlanValue.Singles(numbers),
        BufferDraft buffer => new PlanValue.Buffer(names[buffer.Name]),
        PlanTensor tensor => new PlanValue.Tensor(tensor),
        _ => throw new ArgumentException($"A plan holds no {value.GetType()}.", nameof(value)),
    };
}
