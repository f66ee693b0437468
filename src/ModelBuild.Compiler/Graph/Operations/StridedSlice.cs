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
        bool known = inputs[0].Shape.HasRank && inputs.Skip(1).All(input => input.Constant is not null);
        return [(inputs[0].Type, known ? Shape.Of(Resolve(inputs[0].Shape, [.. inputs.Skip(1).Select(input => input.Constant!)]).Shape) : Shape.UnknownRank)];
    }

    /// <summary>The box for an input's shape.</summary>
    /// <param name="shape">Shape of x.</param>
    /// <param name="ends">begin, end and strides.</param>
    internal StridedSliceRange Resolve(Shape shape, IReadOnlyList<Tensor> ends)
    {
        try
        {
            return StridedSliceRange.Resolve(
                shape.Dimensions, Wide(ends[0]), Wide(ends[1]), Wide(ends[2]), new(BeginMask, EndMask, EllipsisMask, NewAxisMask, ShrinkAxisMask));
        }
        catch (ArgumentException error)
        {
            throw Inference.Error($"{error.Message} The input has the shape {shape}.");
        }
    }

    private static long[] Wide(Tensor tensor) => tensor.Data as long[] ?? Array.ConvertAll(Inference.Integers(Value.Of("an end", tensor))!, value => (long)value);
}
