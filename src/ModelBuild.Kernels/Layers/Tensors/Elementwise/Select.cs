using System;

namespace ModelBuild.Kernels;

/// <summary>Takes elements of one array where a condition holds and of another where not.</summary>
internal static class Select
{
    /// <summary>TensorFlow's first Select: no broadcasting, but a vector of conditions picks rows and a scalar everything.</summary>
    /// <param name="condition">One an element, one a row of the first axis, or one.</param>
    /// <param name="left">Taken where the condition holds.</param>
    /// <param name="right">Taken where not, of the same shape.</param>
    /// <param name="destination">Output.</param>
    public static void Rows<T>(ReadOnlySpan<bool> condition, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> destination)
    {
        if (left.Length == 0) return;
        int row = left.Length / condition.Length;
        for (int i = 0; i < condition.Length; i++) (condition[i] ? left : right).Slice(i * row, row).CopyTo(destination.Slice(i * row));
    }

    /// <summary>TensorFlow's SelectV2: all three are broadcast to each other.</summary>
    /// <param name="condition">The condition, row-major.</param>
    /// <param name="conditionShape">Its shape.</param>
    /// <param name="left">Taken where the condition holds.</param>
    /// <param name="leftShape">Its shape.</param>
    /// <param name="right">Taken where not.</param>
    /// <param name="rightShape">Its shape.</param>
    /// <param name="destination">Output.</param>
    /// <param name="shape">Its shape.</param>
    public static void Run<T>(
        ReadOnlySpan<bool> condition, ReadOnlySpan<int> conditionShape, ReadOnlySpan<T> left, ReadOnlySpan<int> leftShape,
        ReadOnlySpan<T> right, ReadOnlySpan<int> rightShape, Span<T> destination, ReadOnlySpan<int> shape)
    {
        int rank = shape.Length;
        Span<int> c = stackalloc int[rank];
        Span<int> a = stackalloc int[rank];
        Span<int> b = stackalloc int[rank];
        Span<int> index = stackalloc int[rank];
        index.Clear();
        Shapes.BroadcastStrides(conditionShape, shape, c);
        Shapes.BroadcastStrides(leftShape, shape, a);
        Shapes.BroadcastStrides(rightShape, shape, b);
        int atC = 0, atA = 0, atB = 0;
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = condition[atC] ? left[atA] : right[atB];
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                atC += c[axis];
                atA += a[axis];
                atB += b[axis];
                if (++index[axis] < shape[axis]) break;
                atC -= c[axis] * shape[axis];
                atA -= a[axis] * shape[axis];
                atB -= b[axis] * shape[axis];
                index[axis] = 0;
            }
        }
    }
}

/// <inheritdoc cref="Select"/>
/// <param name="condition">The condition.</param>
/// <param name="left">Taken where the condition holds.</param>
/// <param name="right">Taken where not.</param>
/// <param name="output">Output.</param>
/// <param name="rows">A vector of conditions picks rows (Select) instead of being broadcast along the last axis (SelectV2).</param>
internal sealed class Select<T>(FlatBuffer<bool> condition, FlatBuffer<T> left, FlatBuffer<T> right, FlatBuffer<T> output, bool rows) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(
        output, rows ? left.Shape : Shapes.Broadcast(Shapes.Broadcast(condition.Shape, left.Shape), right.Shape));

    public override void Run(Workspace workspace)
    {
        ReadOnlySpan<bool> chosen = workspace.Elements(condition);
        if (rows) Select.Rows<T>(chosen, workspace.Elements(left), workspace.Elements(right), workspace.Elements(_output));
        else
        {
            Select.Run<T>(
                chosen, condition.Shape, workspace.Elements(left), left.Shape, workspace.Elements(right), right.Shape,
                workspace.Elements(_output), _output.Shape);
        }
    }
}
