using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>One step of a recurrent layer.</summary>
/// <param name="c">The layer around it, in whose scope its nodes are.</param>
/// <param name="config">The cell's configuration.</param>
/// <param name="weights">The cell's variables.</param>
internal abstract class RecurrentCell(LayerContext c, KerasConfig config, LayerWeights weights)
{
    protected LayerContext Context => c;

    protected KerasConfig Config => config;

    protected int Units { get; } = config.Find("units") is null ? 0 : config.Integer("units");

    /// <summary>The cell of a configuration.</summary>
    public static RecurrentCell Of(LayerContext c, string className, KerasConfig config, LayerWeights weights) => className switch
    {
        "SimpleRNN" or "SimpleRNNCell" => new SimpleCell(c, config, weights),
        "LSTM" or "LSTMCell" => new LstmCell(c, config, weights),
        "GRU" or "GRUCell" => new GruCell(c, config, weights),
        "StackedRNNCells" => new StackedCells(c, config, weights),
        _ => throw c.Unsupported(
            $"the cell {className} is not supported. Export the model as a SavedModel, where it consists of TensorFlow's operations."),
    };

    /// <summary>What the input contributes, of one step [n,k] or of all [n,t,k].</summary>
    public abstract KerasTensor Prepare(KerasTensor x);

    /// <summary>A step.</summary>
    /// <param name="prepared">What the input contributes.</param>
    /// <param name="states">States [n,units] after the step before; null before the first one, for zeros.</param>
    /// <returns>The states after it.</returns>
    public abstract KerasTensor[] Step(KerasTensor prepared, KerasTensor[]? states);

    /// <summary>Of the states, the one that is the output.</summary>
    public virtual KerasTensor Output(KerasTensor[] states) => states[0];

    /// <summary>Product of the input with the kernel.</summary>
    protected KerasTensor Project(KerasTensor x, int gates)
    {
        KerasTensor kernel = weights.Take("kernel", x.Channels, checked(Units * gates));
        _ = Recurrent(gates); // stored next, and taken in that order
        return c.Product(x, kernel);
    }

    protected KerasTensor Recurrent(int gates) => weights.Take("recurrent_kernel", Units, checked(Units * gates));

    protected KerasTensor? Bias(params ReadOnlySpan<int> shape) => weights.TakeIf(config.Flag("use_bias", true), "bias", shape);

    protected KerasTensor Activate(KerasTensor x, string member, string fallback) =>
        config.Find(member) is { } activation ? Activations.Apply(c, x, activation)
            : Activations.Apply(c, x, config.Json.TryGetProperty(member, out _) ? "linear" : fallback);

    /// <summary>The part of gate <paramref name="gate"/>.</summary>
    protected KerasTensor Gate(KerasTensor all, int gate) => c.Slice(all, all.Rank - 1, gate * Units, (gate + 1) * Units, "split");
}
