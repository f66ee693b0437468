using System;

namespace ModelBuild.Kernels;

/// <summary>Walks over an array whose slices along an axis have ranges of their own, or that has one range.</summary>
internal static class RangeSlices
{
    /// <summary>Elements between one slice's run and its next, and elements of a run.</summary>
    /// <param name="shape">Shape of the array.</param>
    /// <param name="axis">The axis, or negative for one range.</param>
    /// <param name="ranges">Number of ranges; a single one is that of the whole array.</param>
    public static (int Step, int Run) Layout(ReadOnlySpan<int> shape, int axis, int ranges)
    {
        if (axis < 0 || ranges == 1)
        {
            Shapes.Require(ranges == 1, "there is not one range");
            int all = Shapes.Elements(shape);
            return (all, all);
        }
        Shapes.Require(axis < shape.Length && shape[axis] == ranges, "there are not as many ranges as slices");
        int run = Shapes.Elements(shape.Slice(axis + 1));
        return (run * ranges, run);
    }
}
