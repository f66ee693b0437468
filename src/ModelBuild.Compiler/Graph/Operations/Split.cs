namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Cuts along an axis: x, optional sizes of the parts (integers, at most one -1 for the rest) -> the parts; of equal size without sizes.
/// </summary>
/// <param name="Axis">Along which; negative from the end.</param>
/// <param name="Count">Number of parts.</param>
public sealed record Split(int Axis, int Count) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        Inference.Require(Count > 0, "there are no parts to split into.");
        if (!x.HasRank) return [.. Enumerable.Repeat((inputs[0].Type, x), Count)];
        int axis = Inference.Axis(Axis, x.Rank);
        int[] sizes = inputs.Count > 1 ? Sizes(x[axis], inputs[1]) : [.. Enumerable.Repeat(Equal(x[axis]), Count)];
        return [.. sizes.Select(size => (inputs[0].Type, Shape.Of([.. x.Dimensions[..axis], size, .. x.Dimensions[(axis + 1)..]])))];
    }

    private int Equal(int dimension)
    {
        Inference.Require(dimension == Shape.Unknown || dimension % Count == 0,
            $"a dimension of {dimension} cannot be split into {Count} equal parts.");
        return dimension == Shape.Unknown ? dimension : dimension / Count;
    }

    private int[] Sizes(int dimension, Value value)
    {
        if (Inference.KnownIntegers(value) is not { } known || known.Contains(null)) return [.. Enumerable.Repeat(Shape.Unknown, Count)];
        int[] sizes = Array.ConvertAll(known, size => (int)size!.Value);
        Inference.Require(sizes.Length == Count, $"there are {sizes.Length} sizes for {Count} parts.");
        int rest = dimension - sizes.Where(size => size >= 0).Sum(), open = Array.IndexOf(sizes, -1);
        bool fits = sizes.All(size => size >= -1) && sizes.Count(size => size == -1) <= 1;
        Inference.Require(fits && (dimension == Shape.Unknown || (open < 0 ? rest == 0 : rest >= 0)),
            $"parts of [{string.Join(",", sizes)}] do not make up a dimension of {dimension}.");
        if (open >= 0 && dimension != Shape.Unknown) sizes[open] = rest;
        return sizes;
    }
}
