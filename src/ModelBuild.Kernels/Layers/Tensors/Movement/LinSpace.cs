using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Numbers at equal distances.</summary>
internal static class LinSpace
{
    /// <summary>Fills from <paramref name="start"/> to <paramref name="stop"/>, which the last one is exactly.</summary>
    public static void Run<T>(T start, T stop, Span<T> destination) where T : IFloatingPointIeee754<T>
    {
        if (destination.Length == 0) return;
        destination[0] = start;
        if (destination.Length == 1) return;
        T step = (stop - start) / T.CreateTruncating(destination.Length - 1);
        for (int i = 1; i < destination.Length - 1; i++) destination[i] = start + step * T.CreateTruncating(i);
        destination[^1] = stop;
    }
}

/// <inheritdoc cref="LinSpace"/>
/// <param name="start">First number, one element.</param>
/// <param name="stop">Last number, one element.</param>
/// <param name="output">Output.</param>
internal sealed class LinSpace<T>(FlatBuffer<T> start, FlatBuffer<T> stop, FlatBuffer<T> output) : Layer
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Run(Workspace workspace) =>
        LinSpace.Run(workspace.Elements(start)[0], workspace.Elements(stop)[0], workspace.Elements(output));
}
