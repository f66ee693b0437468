namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Shape of a value that is known only when the model runs: x -> its dimensions, a vector.</summary>
/// <param name="Type">int32 or int64.</param>
public sealed record ShapeOf(DataType Type) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(Type is DataType.Int32 or DataType.Int64, $"a shape cannot be given as {Type}.");
        return [(Type, Shape.Of(inputs[0].Shape.HasRank ? inputs[0].Shape.Rank : Shape.Unknown))];
    }
}
