using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Slice with steps: x, begin, end, strides (integers, one an entry) -> the box of TensorFlow's StridedSlice. Bit i of a mask
/// speaks of entry i.
/// </summary>
/// <param name="BeginMask">The entry of begin is not used: from the start.</param>
/// <param name="EndMask">The entry of end is not used: to the end.</param>
/// <param name="EllipsisMask">The entry stands for as many whole axes as are not spoken of.</param>
/// <param name="NewAxisMask">The entry is a new dimension of 1.</param>
/// <param name="ShrinkAxisMask">The entry takes one element and drops its dimension.</param>
public sealed record StridedSlice(int BeginMask, int EndMask, int EllipsisMask, int NewAxisMask, int ShrinkAxisMask) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        if (!x.HasRank || Inference.KnownIntegers(inputs[3]) is not { } strides) return [(inputs[0].Type, Shape.UnknownRank)];
        long?[] begin = Inference.KnownIntegers(inputs[1]) ?? new long?[strides.Length], end = Inference.KnownIntegers(inputs[2]) ?? new long?[strides.Length];
        Inference.Require(begin.Length == strides.Length && end.Length == strides.Length, "begin, end and strides differ in length.");
        int[] dimensions = x.ToArray();
        foreach ((int entry, int axis) in Axes(x.Rank, strides.Length))
        {
            // Of an axis whose entry is computed the size is not known; one element of it is taken all the same where it shrinks.
            bool shrinks = Has(ShrinkAxisMask, entry);
            bool isKnown = shrinks ? begin[entry] is not null
                : strides[entry] is not null && (begin[entry] is not null || Has(BeginMask, entry)) && (end[entry] is not null || Has(EndMask, entry));
            if (!isKnown && axis < dimensions.Length) dimensions[axis] = Shape.Unknown;
        }
        return [(inputs[0].Type, Shape.Of(Resolve(Shape.Of(dimensions), Or(begin, 0), Or(end, 0), Or(strides, 1)).Shape))];
    }

    /// <summary>The box for an input's shape.</summary>
    /// <param name="shape">Shape of x.</param>
    /// <param name="ends">begin, end and strides.</param>
    internal StridedSliceRange Resolve(Shape shape, IReadOnlyList<Tensor> ends) => Resolve(shape, Wide(ends[0]), Wide(ends[1]), Wide(ends[2]));

    private StridedSliceRange Resolve(Shape shape, long[] begin, long[] end, long[] strides)
    {
        try
        {
            return StridedSliceRange.Resolve(shape.Dimensions, begin, end, strides, new(BeginMask, EndMask, EllipsisMask, NewAxisMask, ShrinkAxisMask));
        }
        catch (ArgumentException error)
        {
            throw Inference.Error($"{error.Message} The input has the shape {shape}.");
        }
    }

    /// <summary>The entries that speak of an axis of the input, with that axis.</summary>
    private IEnumerable<(int Entry, int Axis)> Axes(int rank, int entries)
    {
        int spokenOf = Enumerable.Range(0, entries).Count(entry => !Has(EllipsisMask, entry) && !Has(NewAxisMask, entry));
        for (int entry = 0, axis = 0; entry < entries; entry++)
        {
            if (Has(EllipsisMask, entry)) axis += Math.Max(rank - spokenOf, 0);
            else if (!Has(NewAxisMask, entry)) yield return (entry, axis++);
        }
    }

    private static bool Has(int mask, int entry) => (mask >> entry & 1) != 0;

    private static long[] Or(long?[] values, long other) => Array.ConvertAll(values, value => value ?? other);

    private static long[] Wide(Tensor tensor) => tensor.Data as long[] ?? Array.ConvertAll(Inference.Integers(Value.Of("an end", tensor))!, value => (long)value);
}
