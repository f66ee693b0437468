namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// A loop: variables, then values that do not change -> the variables after the last round. Both graphs have an input for each
/// of these.
/// </summary>
/// <param name="Condition">Gives whether another round follows.</param>
/// <param name="Body">Gives the variables after a round, of the types and shapes of its own inputs for them.</param>
public sealed record While(ModelGraph Condition, ModelGraph Body) : Operation
{
    /// <summary>False, so that a loop is never run while the graph is made: it need not end.</summary>
    public override bool IsPure => false;

    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        for (int i = 0; i < inputs.Count; i++)
            Inference.Require(inputs[i].Type == Body.Inputs[i].Type, $"a loop takes {Body.Inputs[i].Type}, but gets {inputs[i]}.");
        return [.. Body.Inputs.Take(Body.Outputs.Length).Select(variable => (variable.Type, variable.Shape))];
    }
}
