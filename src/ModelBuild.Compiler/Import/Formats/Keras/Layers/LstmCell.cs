namespace ModelBuild.Compiler.Import.Formats;

/// <summary>
/// Long short-term memory; gates in the order input, forget, candidate, output: c = f c + i candidate, h = o activation(c)
/// (https://keras.io/api/layers/recurrent_layers/lstm).
/// </summary>
internal sealed class LstmCell(LayerContext c, KerasConfig config, LayerWeights weights) : RecurrentCell(c, config, weights)
{
    private const int Gates = 4, Input = 0, Forget = 1, Candidate = 2, Out = 3;

    public override KerasTensor Prepare(KerasTensor x) => Context.Bias(Project(x, Gates), Bias(checked(Units * Gates)));

    public override KerasTensor[] Step(KerasTensor prepared, KerasTensor[]? states)
    {
        KerasTensor z = states is null ? prepared
            : Context.Binary("AddV2", prepared, Context.Product(states[0], Recurrent(Gates), "MatMul_1"), "add");
        KerasTensor memory = Context.Binary("Mul", Sigmoid(z, Input), Activate(Gate(z, Candidate), "activation", "tanh"), "mul_1");
        if (states is not null)
            memory = Context.Binary("AddV2", Context.Binary("Mul", Sigmoid(z, Forget), states[1], "mul"), memory, "add_1");
        KerasTensor output = Context.Binary("Mul", Sigmoid(z, Out), Activate(memory, "activation", "tanh"), "mul_2");
        return [output, memory];
    }

    private KerasTensor Sigmoid(KerasTensor z, int gate) => Activate(Gate(z, gate), "recurrent_activation", "sigmoid");
}
