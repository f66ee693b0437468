using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Tells for each number how many boundaries are not above it.</summary>
internal static class Bucketize
{
    /// <summary>Counts for each element.</summary>
    /// <param name="source">Input.</param>
    /// <param name="boundaries">Ascending.</param>
    /// <param name="destination">Output, as long as the input.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<float> boundaries, Span<int> destination) where T : INumber<T>
    {
        destination = destination.Slice(0, source.Length);
        for (int i = 0; i < source.Length; i++) destination[i] = Bucket(double.CreateTruncating(source[i]), boundaries);
    }

    /// <summary>By bisection, since there may be many.</summary>
    private static int Bucket(double x, ReadOnlySpan<float> boundaries)
    {
        int low = 0;
        int high = boundaries.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (x < boundaries[middle]) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}

/// <inheritdoc cref="Bucketize"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="boundaries">Ascending.</param>
internal sealed class Bucketize<T>(FlatBuffer<T> input, FlatBuffer<int> output, float[] boundaries) : Layer
    where T : unmanaged, INumber<T>
{
    private readonly FlatBuffer<int> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => Bucketize.Run<T>(workspace.Elements(input), boundaries, workspace.Elements(_output));
}
