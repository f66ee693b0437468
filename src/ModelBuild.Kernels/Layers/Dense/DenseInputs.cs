using System;

namespace ModelBuild.Kernels;

/// <summary>The activations of four samples.</summary>
internal readonly ref struct DenseInputs
{
    public DenseInputs(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth)
    {
        First = first;
        Second = second;
        Third = third;
        Fourth = fourth;
    }

    public ReadOnlySpan<byte> First { get; }
    public ReadOnlySpan<byte> Second { get; }
    public ReadOnlySpan<byte> Third { get; }
    public ReadOnlySpan<byte> Fourth { get; }
}
