using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Takes the bytes of elements for elements of another type, lowest byte first.</summary>
internal static class Bitcast
{
    /// <summary>Copies the bytes.</summary>
    /// <param name="source">Input.</param>
    /// <param name="destination">Output, of as many bytes.</param>
    public static void Run<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<TTo> destination)
        where TFrom : struct
        where TTo : struct =>
        MemoryMarshal.AsBytes(source).CopyTo(MemoryMarshal.AsBytes(destination));
}

/// <inheritdoc cref="Bitcast"/>
internal sealed class Bitcast<TFrom, TTo> : Layer
    where TFrom : unmanaged
    where TTo : unmanaged
{
    private readonly FlatBuffer<TFrom> _input;
    private readonly FlatBuffer<TTo> _output;

    /// <param name="input">Input.</param>
    /// <param name="output">Output, of as many bytes.</param>
    public Bitcast(FlatBuffer<TFrom> input, FlatBuffer<TTo> output)
    {
        Shapes.Require(
            (long)input.Length * Unsafe.SizeOf<TFrom>() == (long)output.Length * Unsafe.SizeOf<TTo>(), "a cast of bits changes their number");
        _input = input;
        _output = output;
    }

    public override void Run(Workspace workspace) => Bitcast.Run<TFrom, TTo>(workspace.Elements(_input), workspace.Elements(_output));
}
