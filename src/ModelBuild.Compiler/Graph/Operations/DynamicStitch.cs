namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Puts slices together by index, a later one replacing an earlier: n arrays of indices, then n arrays of as many slices ->
/// [greatest index + 1, slice...].
/// </summary>
public sealed record DynamicStitch : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        int count = inputs.Count / 2;
        Inference.Require(count > 0 && inputs.Count == 2 * count, $"{inputs.Count} inputs are not as many indices as slices.");
        Inference.RequireSameType(inputs.Skip(count), "slices");
        IReadOnlyList<Value> indices = [.. inputs.Take(count)];
        int? length = indices.All(value => value.Constant is not null)
            ? 1 + indices.SelectMany(value => Inference.Integers(value)!).Append(-1).Max() : null;
        for (int i = 0; i < count; i++)
        {
            (Shape index, Shape data) = (inputs[i].Shape, inputs[count + i].Shape);
            if (!index.HasRank || !data.HasRank) continue;
            bool fits = data.Rank >= index.Rank;
            for (int axis = 0; fits && axis < index.Rank; axis++) Inference.Merge(index[axis], data[axis], "dimensions of indices and slices");
            Inference.Require(fits, $"slices of the shape {data} do not fit indices of {index}.");
            return [(inputs[count].Type, Shape.Of([length ?? Shape.Unknown, .. data.Dimensions[index.Rank..]]))];
        }
        return [(inputs[count].Type, Shape.UnknownRank)];
    }
}
