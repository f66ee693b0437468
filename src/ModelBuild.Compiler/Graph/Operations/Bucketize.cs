using System.Collections.Immutable;

namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>How many boundaries are not above each number: x -> int32 of the same shape.</summary>
/// <param name="Boundaries">Ascending.</param>
public sealed record Bucketize(ImmutableArray<float> Boundaries) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type.IsFloating || inputs[0].Type.IsInteger, $"buckets are not defined for {inputs[0].Type}.");
        Inference.Require(Boundaries.Order().SequenceEqual(Boundaries), "the boundaries of buckets are not ascending.");
        return [(DataType.Int32, inputs[0].Shape)];
    }
}
