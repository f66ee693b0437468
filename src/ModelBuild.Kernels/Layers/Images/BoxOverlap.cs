using System;

namespace ModelBuild.Kernels;

/// <summary>Overlap of boxes {y, x, y, x} of two opposite corners.</summary>
internal static class BoxOverlap
{
    /// <summary>Area of the intersection over that of the union; 0 where a box is empty.</summary>
    public static float IntersectionOverUnion(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        float leftArea = Math.Abs((left[2] - left[0]) * (left[3] - left[1]));
        float rightArea = Math.Abs((right[2] - right[0]) * (right[3] - right[1]));
        if (leftArea <= 0 || rightArea <= 0) return 0;
        float intersection = Common(left[0], left[2], right[0], right[2]) * Common(left[1], left[3], right[1], right[3]);
        return intersection / (leftArea + rightArea - intersection);
    }

    private static float Common(float a, float b, float c, float d) =>
        Math.Max(Math.Min(Math.Max(a, b), Math.Max(c, d)) - Math.Max(Math.Min(a, b), Math.Min(c, d)), 0);
}
