namespace ModelBuild.Compiler.Import.Formats;

/// <summary>h = activation(x W + h U + b).</summary>
internal sealed class SimpleCell(LayerContext c, KerasConfig config, LayerWeights weights) : RecurrentCell(c, config, weights)
{
    public override KerasTensor Prepare(KerasTensor x) => Context.Bias(Project(x, 1), Bias(Units));

    public override KerasTensor[] Step(KerasTensor prepared, KerasTensor[]? states)
    {
        KerasTensor sum = states is null ? prepared : Context.Binary("AddV2", prepared, Context.Product(states[0], Recurrent(1)), "add");
        return [Activate(sum, "activation", "tanh")];
    }
}
