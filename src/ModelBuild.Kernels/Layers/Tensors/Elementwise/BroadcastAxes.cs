using System;

namespace ModelBuild.Kernels;

/// <summary>The axes of two operands broadcast to each other, with neighbours that both walk as one joined.</summary>
internal static class BroadcastAxes
{
    /// <summary>Joins axes.</summary>
    /// <param name="left">Shape of the left operand.</param>
    /// <param name="right">Shape of the right operand.</param>
    /// <param name="size">Result: dimensions of the output; as long as the longer shape, plus one.</param>
    /// <param name="leftSteps">Result: steps in the left operand; 0 where it is repeated.</param>
    /// <param name="rightSteps">Result: steps in the right operand.</param>
    /// <returns>Number of axes in the results, at least one.</returns>
    public static int Merge(ReadOnlySpan<int> left, ReadOnlySpan<int> right, Span<int> size, Span<int> leftSteps, Span<int> rightSteps)
    {
        int rank = Math.Max(left.Length, right.Length);
        int leftStride = 1;
        int rightStride = 1;
        int first = size.Length;
        for (int axis = 1; axis <= rank; axis++)
        {
            int a = axis <= left.Length ? left[^axis] : 1;
            int b = axis <= right.Length ? right[^axis] : 1;
            Shapes.Require(a == b || a == 1 || b == 1, "shapes cannot be broadcast to each other");
            int n = a == 1 ? b : a;
            if (n == 1) continue;
            int leftStep = a == 1 ? 0 : leftStride;
            int rightStep = b == 1 ? 0 : rightStride;
            leftStride *= a;
            rightStride *= b;
            bool joins = first < size.Length && leftStep == leftSteps[first] * size[first] && rightStep == rightSteps[first] * size[first];
            if (joins)
            {
                size[first] *= n;
                continue;
            }
            first--;
            size[first] = n;
            leftSteps[first] = leftStep;
            rightSteps[first] = rightStep;
        }
        if (first == size.Length) size[--first] = 1;
        int count = size.Length - first;
        size.Slice(first).CopyTo(size);
        leftSteps.Slice(first).CopyTo(leftSteps);
        rightSteps.Slice(first).CopyTo(rightSteps);
        return count;
    }
}
