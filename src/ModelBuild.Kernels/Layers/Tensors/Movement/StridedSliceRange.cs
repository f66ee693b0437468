using System;
using System.Collections.Generic;

namespace ModelBuild.Kernels;

/// <summary>A strided slice with its masks resolved against a shape.</summary>
/// <param name="Begin">First element along each axis of the input.</param>
/// <param name="Strides">Step along each axis of the input.</param>
/// <param name="Size">Elements along each axis of the input; -1 where the input's dimension is unknown (-1).</param>
/// <param name="Shape">Shape of the result: <see cref="Size"/> with axes dropped and added.</param>
internal sealed record StridedSliceRange(int[] Begin, int[] Strides, int[] Size, int[] Shape)
{
    /// <summary>Resolves a slice specification by the definition of TensorFlow's StridedSlice.</summary>
    /// <param name="shape">Shape of the input; -1 for an unknown dimension.</param>
    /// <param name="begin">First elements by entry; negative counts from the end.</param>
    /// <param name="end">First elements no longer taken, by entry.</param>
    /// <param name="strides">Steps by entry.</param>
    /// <param name="masks">The bit masks.</param>
    /// <exception cref="ArgumentException">A stride of 0, two ellipses, more entries than axes, or an index outside its axis.</exception>
    public static StridedSliceRange Resolve(
        ReadOnlySpan<int> shape, ReadOnlySpan<long> begin, ReadOnlySpan<long> end, ReadOnlySpan<long> strides, StridedSliceMasks masks)
    {
        Shapes.Require(begin.Length == strides.Length && end.Length == strides.Length && strides.Length < 32, "begin, end and strides differ in length");
        Shapes.Require((masks.Ellipsis & (masks.Ellipsis - 1)) == 0, "a slice has two ellipses");
        int rank = shape.Length;
        var range = new StridedSliceRange(new int[rank], new int[rank], new int[rank], []);
        var result = new List<int>();
        int axis = 0;
        for (int entry = 0; entry < strides.Length; entry++)
        {
            int bit = 1 << entry;
            if ((masks.Ellipsis & bit) != 0)
            {
                int whole = rank - axis - AxesAfter(entry, strides.Length, masks.NewAxis);
                for (; whole > 0; whole--) range.TakeAll(shape, axis++, result);
            }
            else if ((masks.NewAxis & bit) != 0)
            {
                result.Add(1);
            }
            else
            {
                Shapes.Require(axis < rank, "a slice has more entries than its input has axes");
                bool shrinks = (masks.ShrinkAxis & bit) != 0;
                long? from = (masks.Begin & bit) != 0 ? null : begin[entry];
                long? to = (masks.End & bit) != 0 ? null : end[entry];
                if (shrinks) range.TakeOne(shape, axis, begin[entry], strides[entry]);
                else range.Take(shape, axis, from, to, strides[entry], result);
                axis++;
            }
        }
        while (axis < rank) range.TakeAll(shape, axis++, result);
        return range with { Shape = result.ToArray() };
    }

    /// <summary>Axes of the input that the entries after <paramref name="entry"/> speak of.</summary>
    private static int AxesAfter(int entry, int entries, int newAxes)
    {
        int axes = 0;
        for (int later = entry + 1; later < entries; later++)
        {
            if ((newAxes & (1 << later)) == 0) axes++;
        }
        return axes;
    }

    private void TakeAll(ReadOnlySpan<int> shape, int axis, List<int> result)
    {
        Strides[axis] = 1;
        Size[axis] = shape[axis];
        result.Add(shape[axis]);
    }

    /// <remarks>TensorFlow reads begin even where the begin mask is set on a shrunk axis.</remarks>
    private void TakeOne(ReadOnlySpan<int> shape, int axis, long index, long stride)
    {
        Shapes.Require(stride > 0, "an index has a stride that is not positive");
        if (index < 0 && shape[axis] >= 0) index += shape[axis];
        Shapes.Require(shape[axis] < 0 || (index >= 0 && index < shape[axis]), "a slice index is outside its axis");
        Begin[axis] = (int)index;
        Strides[axis] = 1;
        Size[axis] = 1;
    }

    private void Take(ReadOnlySpan<int> shape, int axis, long? from, long? to, long stride, List<int> result)
    {
        Shapes.Require(stride != 0, "a slice has stride 0");
        int dimension = shape[axis];
        Strides[axis] = (int)Math.Clamp(stride, -int.MaxValue, int.MaxValue);
        if (dimension < 0)
        {
            Size[axis] = -1;
            result.Add(-1);
            return;
        }
        long low = stride > 0 ? 0 : -1;
        long high = stride > 0 ? dimension : dimension - 1;
        long first = from is { } b ? Math.Clamp(b < 0 ? b + dimension : b, low, high) : stride > 0 ? low : high;
        long last = to is { } e ? Math.Clamp(e < 0 ? e + dimension : e, low, high) : stride > 0 ? high : low;
        long length = last - first;
        bool empty = length == 0 || length < 0 != stride < 0;
        Begin[axis] = empty ? 0 : (int)first;
        Size[axis] = empty ? 0 : (int)(length / stride + (length % stride != 0 ? 1 : 0));
        result.Add(Size[axis]);
        if (Size[axis] <= 1) Strides[axis] = 1;
    }
}
