using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Applies a function of two elements to arrays that are broadcast to each other.</summary>
internal static class Binary
{
    /// <summary>Applies.</summary>
    /// <param name="left">Left operand, row-major.</param>
    /// <param name="leftShape">Its shape.</param>
    /// <param name="right">Right operand.</param>
    /// <param name="rightShape">Its shape.</param>
    /// <param name="destination">Output, of the shape <see cref="Shapes.Broadcast"/> gives; may be an operand of that shape.</param>
    /// <exception cref="DivideByZeroException">An integer division by zero.</exception>
    public static void Run<T, TResult, TFunction>(
        ReadOnlySpan<T> left, ReadOnlySpan<int> leftShape, ReadOnlySpan<T> right, ReadOnlySpan<int> rightShape, Span<TResult> destination)
        where TFunction : struct, IBinaryFunction<T, TResult>
    {
        if (destination.Length == 0) return;
        if (right.Length == 1 && left.Length == destination.Length)
        {
            WithRight<T, TResult, TFunction>(left, right[0], destination);
            return;
        }
        if (left.Length == 1 && right.Length == destination.Length)
        {
            WithLeft<T, TResult, TFunction>(left[0], right, destination);
            return;
        }
        if (left.Length == destination.Length && right.Length == destination.Length)
        {
            Same<T, TResult, TFunction>(left, right, destination);
            return;
        }
        Strided<T, TResult, TFunction>(left, leftShape, right, rightShape, destination);
    }

    /// <summary>Applies to two arrays of the output's length.</summary>
    public static void Same<T, TResult, TFunction>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<TResult> destination)
        where TFunction : struct, IBinaryFunction<T, TResult>
    {
        right = right.Slice(0, left.Length);
        destination = destination.Slice(0, left.Length);
        int i = 0;
        if (Vectorizes<T, TResult, TFunction>())
        {
            for (; i <= left.Length - Vector<T>.Count; i += Vector<T>.Count) Store(TFunction.Apply(Load(left, i), Load(right, i)), destination, i);
        }
        for (; i < left.Length; i++) destination[i] = TFunction.Apply(left[i], right[i]);
    }

    private static void WithRight<T, TResult, TFunction>(ReadOnlySpan<T> left, T right, Span<TResult> destination)
        where TFunction : struct, IBinaryFunction<T, TResult>
    {
        destination = destination.Slice(0, left.Length);
        int i = 0;
        if (Vectorizes<T, TResult, TFunction>())
        {
            var vector = new Vector<T>(right);
            for (; i <= left.Length - Vector<T>.Count; i += Vector<T>.Count) Store(TFunction.Apply(Load(left, i), vector), destination, i);
        }
        for (; i < left.Length; i++) destination[i] = TFunction.Apply(left[i], right);
    }

    private static void WithLeft<T, TResult, TFunction>(T left, ReadOnlySpan<T> right, Span<TResult> destination)
        where TFunction : struct, IBinaryFunction<T, TResult>
    {
        destination = destination.Slice(0, right.Length);
        int i = 0;
        if (Vectorizes<T, TResult, TFunction>())
        {
            var vector = new Vector<T>(left);
            for (; i <= right.Length - Vector<T>.Count; i += Vector<T>.Count) Store(TFunction.Apply(vector, Load(right, i)), destination, i);
        }
        for (; i < right.Length; i++) destination[i] = TFunction.Apply(left, right[i]);
    }

    /// <summary>Walks over the output row by row, a row being as many last axes as both operands walk as one.</summary>
    private static void Strided<T, TResult, TFunction>(
        ReadOnlySpan<T> left, ReadOnlySpan<int> leftShape, ReadOnlySpan<T> right, ReadOnlySpan<int> rightShape, Span<TResult> destination)
        where TFunction : struct, IBinaryFunction<T, TResult>
    {
        int capacity = Math.Max(leftShape.Length, rightShape.Length);
        Span<int> size = stackalloc int[capacity + 1];
        Span<int> leftSteps = stackalloc int[capacity + 1];
        Span<int> rightSteps = stackalloc int[capacity + 1];
        int rank = BroadcastAxes.Merge(leftShape, rightShape, size, leftSteps, rightSteps);
        Span<int> index = stackalloc int[rank];
        index.Clear();
        int last = rank - 1;
        int row = size[last];
        int a = 0;
        int b = 0;
        for (int write = 0; write < destination.Length; write += row)
        {
            Span<TResult> target = destination.Slice(write, row);
            if (leftSteps[last] == 0) WithLeft<T, TResult, TFunction>(left[a], right.Slice(b, row), target);
            else if (rightSteps[last] == 0) WithRight<T, TResult, TFunction>(left.Slice(a, row), right[b], target);
            else Same<T, TResult, TFunction>(left.Slice(a, row), right.Slice(b, row), target);
            for (int axis = last - 1; axis >= 0; axis--)
            {
                a += leftSteps[axis];
                b += rightSteps[axis];
                if (++index[axis] < size[axis]) break;
                a -= leftSteps[axis] * size[axis];
                b -= rightSteps[axis] * size[axis];
                index[axis] = 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Vectorizes<T, TResult, TFunction>() where TFunction : struct, IBinaryFunction<T, TResult> =>
        typeof(T) == typeof(TResult) && Vector<T>.IsSupported && TFunction.HasVector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Load<T>(ReadOnlySpan<T> source, int start) => new(source.Slice(start));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, TResult>(Vector<T> value, Span<TResult> destination, int start) =>
        Unsafe.As<Vector<T>, Vector<TResult>>(ref value).CopyTo(destination.Slice(start));
}
