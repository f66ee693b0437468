using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Products of matrices, the last two axes; leading axes are broadcast to each other (BatchMatMulV2).</summary>
internal static class MatMul
{
    /// <summary>Shape of the result.</summary>
    /// <param name="left">[..., m, k], or [..., k, m] where transposed.</param>
    /// <param name="right">[..., k, n], or [..., n, k] where transposed.</param>
    /// <param name="transposeLeft">The left matrices are transposed first.</param>
    /// <param name="transposeRight">The right matrices are transposed first.</param>
    public static int[] OutputShape(ReadOnlySpan<int> left, ReadOnlySpan<int> right, bool transposeLeft, bool transposeRight)
    {
        Shapes.Require(left.Length >= 2 && right.Length >= 2, "a matrix product takes matrices");
        Shapes.Require((transposeLeft ? left[^2] : left[^1]) == (transposeRight ? right[^1] : right[^2]), "matrices of a product do not fit");
        int[] batch = Shapes.Broadcast(left.Slice(0, left.Length - 2), right.Slice(0, right.Length - 2));
        return [.. batch, transposeLeft ? left[^1] : left[^2], transposeRight ? right[^2] : right[^1]];
    }

    /// <summary>Multiplies; parameters as those of <see cref="OutputShape"/>. Adjoint of real numbers is transposition.</summary>
    public static void Run<T>(
        ReadOnlySpan<T> left, ReadOnlySpan<int> leftShape, ReadOnlySpan<T> right, ReadOnlySpan<int> rightShape,
        bool transposeLeft, bool transposeRight, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        int m = transposeLeft ? leftShape[^1] : leftShape[^2];
        int k = transposeLeft ? leftShape[^2] : leftShape[^1];
        int n = transposeRight ? rightShape[^2] : rightShape[^1];
        if (m * n == 0) return;
        ReadOnlySpan<int> leftBatch = leftShape.Slice(0, leftShape.Length - 2);
        ReadOnlySpan<int> rightBatch = rightShape.Slice(0, rightShape.Length - 2);
        int capacity = Math.Max(leftBatch.Length, rightBatch.Length) + 1;
        Span<int> size = stackalloc int[capacity], leftSteps = stackalloc int[capacity], rightSteps = stackalloc int[capacity];
        int rank = BroadcastAxes.Merge(leftBatch, rightBatch, size, leftSteps, rightSteps);
        Span<int> index = stackalloc int[rank];
        index.Clear();
        int a = 0;
        int b = 0;
        for (int write = 0; write < destination.Length; write += m * n)
        {
            MatrixProduct.Run(
                left.Slice(a * m * k, m * k), transposeLeft, right.Slice(b * k * n, k * n), transposeRight, destination.Slice(write, m * n), m, k, n);
            for (int axis = rank - 1; axis >= 0; axis--)
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
}

/// <inheritdoc cref="MatMul"/>
/// <param name="left">[..., m, k], or [..., k, m] where transposed.</param>
/// <param name="right">[..., k, n], or [..., n, k] where transposed.</param>
/// <param name="output">[..., m, n].</param>
/// <param name="transposeLeft">The left matrices are transposed first.</param>
/// <param name="transposeRight">The right matrices are transposed first.</param>
internal sealed class MatMul<T>(FlatBuffer<T> left, FlatBuffer<T> right, FlatBuffer<T> output, bool transposeLeft, bool transposeRight) : Layer
    where T : unmanaged, INumberBase<T>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, MatMul.OutputShape(left.Shape, right.Shape, transposeLeft, transposeRight));

    public override void Run(Workspace workspace) => MatMul.Run<T>(
        workspace.Elements(left), left.Shape, workspace.Elements(right), right.Shape, transposeLeft, transposeRight, workspace.Elements(_output));
}
