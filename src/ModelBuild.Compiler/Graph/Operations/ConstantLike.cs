namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>An array filled with one number: x, only for its type and shape -> the same shape.</summary>
/// <param name="Number">0 or 1; of truth values false or true, of strings the empty one.</param>
public sealed record ConstantLike(int Number) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs) => [(inputs[0].Type, inputs[0].Shape)];
}
