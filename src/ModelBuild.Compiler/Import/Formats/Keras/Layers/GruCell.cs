namespace ModelBuild.Compiler.Import.Formats;

/// <summary>
/// Gated recurrent unit; gates in the order update, reset, candidate: h = z h + (1 - z) candidate. The reset gate applies to the
/// state's product, with a bias of its own (reset_after, the default since Keras 2.3), or to the state
/// (https://keras.io/api/layers/recurrent_layers/gru).
/// </summary>
internal sealed class GruCell(LayerContext c, KerasConfig config, LayerWeights weights) : RecurrentCell(c, config, weights)
{
    private const int Gates = 3, Update = 0, Reset = 1, Candidate = 2;

    private bool ResetAfter => Config.Flag("reset_after", false);

    private int Width => checked(Units * Gates);

    public override KerasTensor Prepare(KerasTensor x)
    {
        KerasTensor product = Project(x, Gates);
        return Context.Bias(product, ResetAfter ? BiasRow(0) : Bias(Width));
    }

    public override KerasTensor[] Step(KerasTensor prepared, KerasTensor[]? states) => ResetAfter ? StepAfter(prepared, states?[0])
        : StepBefore(prepared, states?[0]);

    private KerasTensor[] StepAfter(KerasTensor x, KerasTensor? state)
    {
        KerasTensor? inner = BiasRow(1);
        if (state is not null) inner = Context.Bias(Context.Product(state, Recurrent(Gates), "MatMul_1"), inner, "BiasAdd_1");
        KerasTensor z = Sigmoid(Sum(Gate(x, Update), Part(inner, Update))), r = Sigmoid(Sum(Gate(x, Reset), Part(inner, Reset)));
        KerasTensor? gated = Part(inner, Candidate) is { } part ? Context.Binary("Mul", r, part, "mul") : null;
        return [Mix(z, state, Sum(Gate(x, Candidate), gated))];
    }

    private KerasTensor[] StepBefore(KerasTensor x, KerasTensor? state)
    {
        KerasTensor? product = state is null ? null
            : Context.Product(state, Context.Slice(Recurrent(Gates), 1, 0, Units * Candidate), "MatMul_1");
        KerasTensor z = Sigmoid(Sum(Gate(x, Update), Part(product, Update)));
        if (state is null) return [Mix(z, null, Gate(x, Candidate))];
        KerasTensor r = Sigmoid(Sum(Gate(x, Reset), Part(product, Reset)));
        KerasTensor kernel = Context.Slice(Recurrent(Gates), 1, Units * Candidate, Width);
        return [Mix(z, state, Sum(Gate(x, Candidate), Context.Product(Context.Binary("Mul", r, state, "mul"), kernel, "MatMul_2")))];
    }

    private KerasTensor Mix(KerasTensor z, KerasTensor? state, KerasTensor candidate)
    {
        candidate = Activate(candidate, "activation", "tanh");
        KerasTensor fresh = Context.Binary("Mul", Context.Binary("Sub", Context.Number("sub/x", 1), z, "sub"), candidate, "mul_2");
        return state is null ? fresh : Context.Binary("AddV2", Context.Binary("Mul", z, state, "mul_1"), fresh, "add_3");
    }

    private KerasTensor Sigmoid(KerasTensor x) => Activate(x, "recurrent_activation", "sigmoid");

    private KerasTensor Sum(KerasTensor x, KerasTensor? other) => other is null ? x : Context.Binary("AddV2", x, other, "add");

    private KerasTensor? Part(KerasTensor? all, int gate) => all is null ? null : Gate(all, gate);

    /// <summary>The bias of the input or of the state, as a vector.</summary>
    private KerasTensor? BiasRow(int row) => Bias(2, Width) is { } both
        ? Context.Squeeze(Context.Slice(both, 0, row, row + 1, "unstack"), 0) : null;
}
