using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Einstein sums of one or two operands (<see cref="EinsumPlan"/>).</summary>
internal static class Einsum
{
    /// <summary>Computes.</summary>
    /// <param name="plan">How.</param>
    /// <param name="left">First operand.</param>
    /// <param name="right">Second operand; empty where there is none.</param>
    /// <param name="scratch">Working memory of <see cref="EinsumPlan.ScratchLength"/> elements.</param>
    /// <param name="destination">Result.</param>
    public static void Run<T>(EinsumPlan plan, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> scratch, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        Span<T> one = stackalloc T[1];
        one[0] = T.One;
        Span<T> rows = scratch.Slice(0, plan.Batch * plan.Rows * plan.Sums);
        Span<T> columns = scratch.Slice(rows.Length, plan.Batch * plan.Sums * plan.Columns);
        Span<T> products = scratch.Slice(rows.Length + columns.Length, plan.Batch * plan.Rows * plan.Columns);
        StridedCopy.Run(plan.Left.Box, left, 0, plan.Left.Strides, rows);
        StridedCopy.Run(plan.Right.Box, right.Length == 0 && plan.Right.Strides.AsSpan().IndexOfAnyExcept(0) < 0 ? one : right, 0, plan.Right.Strides, columns);
        MatMul.Run<T>(
            rows, [plan.Batch, plan.Rows, plan.Sums], columns, [plan.Batch, plan.Sums, plan.Columns], false, false, products);
        if (plan.Result.Diagonal) destination.Clear();
        Span<int> strides = stackalloc int[plan.Result.Box.Length];
        Shapes.Strides(plan.Result.Box, strides);
        StridedCopy.Run<T>(plan.Result.Box, products, 0, strides, destination, 0, plan.Result.Strides);
    }
}

/// <inheritdoc cref="Einsum"/>
internal sealed class Einsum<T> : Layer
    where T : unmanaged, INumberBase<T>
{
    private readonly FlatBuffer<T> _left;
    private readonly FlatBuffer<T> _right;
    private readonly FlatBuffer<T> _scratch;
    private readonly FlatBuffer<T> _output;
    private readonly EinsumPlan _plan;

    /// <param name="left">First operand.</param>
    /// <param name="right">Second operand; for a sum of one the number 1, as in "ij,->ji".</param>
    /// <param name="scratch">Working memory (<see cref="EinsumPlan.ScratchLength"/>).</param>
    /// <param name="output">Result.</param>
    /// <param name="equation">The equation.</param>
    public Einsum(FlatBuffer<T> left, FlatBuffer<T> right, FlatBuffer<T> scratch, FlatBuffer<T> output, string equation)
    {
        _left = left;
        _right = right;
        _scratch = scratch;
        _plan = new EinsumPlan(equation, left.Shape, right.Shape);
        _output = Shapes.Shaped(output, _plan.OutputShape);
    }

    public override void Run(Workspace workspace) => Einsum.Run<T>(
        _plan, workspace.Elements(_left), workspace.Elements(_right), workspace.Elements(_scratch), workspace.Elements(_output));
}
