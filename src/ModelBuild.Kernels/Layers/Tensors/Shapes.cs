using System;

namespace ModelBuild.Kernels;

/// <summary>Arithmetic of row-major shapes, shared by the tensor layers.</summary>
internal static class Shapes
{
    /// <summary>Number of elements.</summary>
    public static int Elements(ReadOnlySpan<int> shape)
    {
        int elements = 1;
        foreach (int dimension in shape) elements = checked(elements * dimension);
        return elements;
    }

    /// <summary>Steps between neighbours along each axis of a row-major array.</summary>
    /// <param name="shape">Dimensions.</param>
    /// <param name="strides">Result, as long as the shape.</param>
    public static void Strides(ReadOnlySpan<int> shape, Span<int> strides)
    {
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }
    }

    /// <summary>Steps through an array of <paramref name="shape"/> while walking over <paramref name="target"/>: 0 along broadcast axes.</summary>
    /// <param name="shape">Shape of the array, aligned with the last axes of the target.</param>
    /// <param name="target">Shape it is broadcast to.</param>
    /// <param name="strides">Result, as long as the target.</param>
    public static void BroadcastStrides(ReadOnlySpan<int> shape, ReadOnlySpan<int> target, Span<int> strides)
    {
        Require(shape.Length <= target.Length, "a shape is broadcast to one of lower rank");
        int lead = target.Length - shape.Length;
        strides.Slice(0, lead).Clear();
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            int dimension = shape[axis];
            Require(dimension == 1 || dimension == target[lead + axis], "shapes cannot be broadcast");
            strides[lead + axis] = dimension == 1 ? 0 : stride;
            stride *= dimension;
        }
    }

    /// <summary>The shape two operands are broadcast to (NumPy's rule: aligned at the last axis, 1 stretches).</summary>
    public static int[] Broadcast(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        int[] shape = new int[Math.Max(left.Length, right.Length)];
        for (int axis = 1; axis <= shape.Length; axis++)
        {
            int a = axis <= left.Length ? left[^axis] : 1;
            int b = axis <= right.Length ? right[^axis] : 1;
            Require(a == b || a == 1 || b == 1, "shapes cannot be broadcast to each other");
            shape[^axis] = a == 1 ? b : a;
        }
        return shape;
    }

    /// <summary>An axis counted from the front, for one that may be negative (counted from the end).</summary>
    public static int Axis(int axis, int rank)
    {
        Require(axis >= -rank && axis < rank, "an axis is outside the shape");
        return axis < 0 ? axis + rank : axis;
    }

    /// <summary>The buffer itself, checked to have the shape that its layer computes.</summary>
    public static FlatBuffer<T> Shaped<T>(FlatBuffer<T> buffer, ReadOnlySpan<int> shape) where T : unmanaged
    {
        Require(shape.SequenceEqual(buffer.Shape), "a buffer's shape is not the one its layer computes");
        return buffer;
    }

    /// <summary>Throws with <paramref name="violation"/> unless <paramref name="condition"/> holds.</summary>
    public static void Require(bool condition, string violation)
    {
        if (!condition) throw new ArgumentException("Tensor operation: " + violation + ".");
    }
}
