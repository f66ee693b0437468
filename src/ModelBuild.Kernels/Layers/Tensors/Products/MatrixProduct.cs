using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>The product of two matrices of any number type; with vectors where the type has them.</summary>
internal static class MatrixProduct
{
    /// <summary>Multiplies.</summary>
    /// <param name="left">[m][k], or [k][m] where transposed.</param>
    /// <param name="transposeLeft">How the left matrix lies.</param>
    /// <param name="right">[k][n], or [n][k] where transposed.</param>
    /// <param name="transposeRight">How the right matrix lies.</param>
    /// <param name="destination">[m][n].</param>
    /// <param name="m">Rows.</param>
    /// <param name="k">Length of the sums.</param>
    /// <param name="n">Columns.</param>
    public static void Run<T>(
        ReadOnlySpan<T> left, bool transposeLeft, ReadOnlySpan<T> right, bool transposeRight, Span<T> destination, int m, int k, int n)
        where T : unmanaged, INumberBase<T>
    {
        int leftRow = transposeLeft ? 1 : k;
        int leftStep = transposeLeft ? m : 1;
        if (!transposeRight && Vector<T>.IsSupported)
        {
            int row = 0;
            for (; row <= m - 4; row += 4) FourRows(left, row * leftRow, leftRow, leftStep, right, destination.Slice(row * n, 4 * n), k, n);
            for (; row < m; row++) OneRow(left, row * leftRow, leftStep, right, destination.Slice(row * n, n), k, n, 0);
            return;
        }
        int rightColumn = transposeRight ? k : 1;
        int rightStep = transposeRight ? 1 : n;
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < n; column++)
            {
                destination[row * n + column] = leftStep == 1 && rightStep == 1 && Vector<T>.IsSupported
                    ? Dot(left.Slice(row * k, k), right.Slice(column * k, k))
                    : Sum(left, row * leftRow, leftStep, right, column * rightColumn, rightStep, k);
            }
        }
    }

    /// <summary>Four rows of the output, two vectors of columns at a time: eight sums stay in registers.</summary>
    private static void FourRows<T>(
        ReadOnlySpan<T> left, int start, int leftRow, int leftStep, ReadOnlySpan<T> right, Span<T> destination, int k, int n)
        where T : unmanaged, INumberBase<T>
    {
        int width = Vector<T>.Count;
        int column = 0;
        for (; column <= n - 2 * width; column += 2 * width)
        {
            Vector<T> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
            int at = start;
            for (int i = 0; i < k; i++, at += leftStep)
            {
                ReadOnlySpan<T> line = right.Slice(i * n + column, 2 * width);
                var x = new Vector<T>(line);
                var y = new Vector<T>(line.Slice(width));
                var a = new Vector<T>(left[at]);
                var b = new Vector<T>(left[at + leftRow]);
                var c = new Vector<T>(left[at + 2 * leftRow]);
                var d = new Vector<T>(left[at + 3 * leftRow]);
                a0 += a * x;
                a1 += a * y;
                b0 += b * x;
                b1 += b * y;
                c0 += c * x;
                c1 += c * y;
                d0 += d * x;
                d1 += d * y;
            }
            Store(a0, a1, destination.Slice(column));
            Store(b0, b1, destination.Slice(n + column));
            Store(c0, c1, destination.Slice(2 * n + column));
            Store(d0, d1, destination.Slice(3 * n + column));
        }
        for (int row = 0; row < 4 && column < n; row++)
        {
            OneRow(left, start + row * leftRow, leftStep, right, destination.Slice(row * n, n), k, n, column);
        }
    }

    /// <summary>One row of the output from a column on.</summary>
    private static void OneRow<T>(
        ReadOnlySpan<T> left, int start, int leftStep, ReadOnlySpan<T> right, Span<T> destination, int k, int n, int column)
        where T : unmanaged, INumberBase<T>
    {
        int width = Vector<T>.Count;
        for (; column <= n - width; column += width)
        {
            Vector<T> sum = default;
            for (int i = 0, at = start; i < k; i++, at += leftStep) sum += new Vector<T>(left[at]) * new Vector<T>(right.Slice(i * n + column, width));
            sum.CopyTo(destination.Slice(column));
        }
        for (; column < n; column++) destination[column] = Sum(left, start, leftStep, right, column, n, k);
    }

    private static void Store<T>(Vector<T> first, Vector<T> second, Span<T> destination)
    {
        first.CopyTo(destination);
        second.CopyTo(destination.Slice(Vector<T>.Count));
    }

    /// <summary>The sum of products of two contiguous rows.</summary>
    private static T Dot<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right) where T : unmanaged, INumberBase<T>
    {
        int width = Vector<T>.Count;
        Vector<T> even = default;
        Vector<T> odd = default;
        int i = 0;
        for (; i <= left.Length - 2 * width; i += 2 * width)
        {
            even += new Vector<T>(left.Slice(i)) * new Vector<T>(right.Slice(i));
            odd += new Vector<T>(left.Slice(i + width)) * new Vector<T>(right.Slice(i + width));
        }
        T sum = Vector.Sum(even + odd);
        for (; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    /// <summary>One sum of products along any steps; halves are summed in float.</summary>
    private static T Sum<T>(ReadOnlySpan<T> left, int a, int leftStep, ReadOnlySpan<T> right, int b, int rightStep, int k)
        where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(Half))
        {
            float wide = 0;
            for (int i = 0; i < k; i++, a += leftStep, b += rightStep) wide += float.CreateTruncating(left[a]) * float.CreateTruncating(right[b]);
            return T.CreateTruncating(wide);
        }
        T sum = T.Zero;
        for (int i = 0; i < k; i++, a += leftStep, b += rightStep) sum += left[a] * right[b];
        return sum;
    }
}
