using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Reads indices of any integer type, checked against the dimension they point into.</summary>
internal static class Indices
{
    /// <summary>The index as an int.</summary>
    /// <exception cref="ArgumentException">It is not in 0..dimension-1.</exception>
    public static int Read<TIndex>(TIndex index, int dimension) where TIndex : IBinaryInteger<TIndex>
    {
        int value = int.CreateSaturating(index);
        if ((uint)value >= (uint)dimension) Outside(value, dimension);
        return value;
    }

    /// <summary>Position of the slice that a coordinate tuple points at, in slices.</summary>
    /// <param name="coordinates">One index an axis of <paramref name="dimensions"/>.</param>
    /// <param name="dimensions">The axes that are indexed.</param>
    public static int Position<TIndex>(ReadOnlySpan<TIndex> coordinates, ReadOnlySpan<int> dimensions) where TIndex : IBinaryInteger<TIndex>
    {
        int position = 0;
        for (int axis = 0; axis < dimensions.Length; axis++) position = position * dimensions[axis] + Read(coordinates[axis], dimensions[axis]);
        return position;
    }

    private static void Outside(int index, int dimension) =>
        throw new ArgumentException($"Tensor operation: index {index} is not in [0, {dimension}).");
}
