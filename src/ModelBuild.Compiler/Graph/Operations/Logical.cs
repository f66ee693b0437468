namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Functions of two truth values, by the names of the kernels' LogicalFunction.</summary>
public enum LogicalKind { And, Or }

/// <summary>Element-wise function of truth values: a, b -> their broadcast shape.</summary>
/// <param name="Function">What is computed.</param>
public sealed record Logical(LogicalKind Function) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        bool areBool = inputs.All(input => input.Type == DataType.Bool);
        Inference.Require(areBool, $"operands have the types {inputs[0].Type} and {inputs[1].Type} instead of Bool.");
        return [(DataType.Bool, Inference.Broadcast(inputs[0].Shape, inputs[1].Shape))];
    }
}
