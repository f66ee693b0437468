using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Some neighbouring outputs of a row of a pool, and the input pixels under their windows.</summary>
/// <param name="X">First output column.</param>
/// <param name="Outputs">Number of outputs.</param>
/// <param name="First">First input column, which may lie outside the image.</param>
/// <param name="Pixels">Number of input columns.</param>
internal readonly record struct PoolTile(int X, int Outputs, int First, int Pixels)
{
    /// <summary>Input pixels of a tile at most.</summary>
    public const int MaximumPixels = 512;

    /// <summary>The tile from output column <paramref name="x"/> on; the window is narrower than <see cref="MaximumPixels"/>.</summary>
    public static PoolTile At(int x, int outputWidth, PoolWindow window)
    {
        int outputs = Math.Min((MaximumPixels - window.Width) / window.StrideWidth + 1, outputWidth - x);
        return new PoolTile(x, outputs, x * window.StrideWidth - window.PadLeft, (outputs - 1) * window.StrideWidth + window.Width);
    }

    /// <summary>The part of the tile that lies in an image of some width: columns [Start, End) counted from <see cref="First"/>.</summary>
    public (int Start, int End) Inside(int width) => (Math.Max(0, -First), Math.Min(Pixels, width - First));

    /// <summary><c>accumulator[i] = max(accumulator[i], values[i])</c>; values may be the accumulator's own later elements.</summary>
    public static void Maximum(Span<byte> accumulator, ReadOnlySpan<byte> values)
    {
        ref byte target = ref MemoryMarshal.GetReference(accumulator);
        ref byte source = ref MemoryMarshal.GetReference(values.Slice(0, accumulator.Length));
        int i = 0;
        for (; i <= accumulator.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Max(Vector.LoadUnsafe(ref target, (nuint)i), Vector.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < accumulator.Length; i++) accumulator[i] = Math.Max(accumulator[i], values[i]);
    }

    /// <summary><c>accumulator[i] += values[i]</c>.</summary>
    public static void Add(Span<ushort> accumulator, ReadOnlySpan<byte> values)
    {
        int i = 0;
        for (; i <= accumulator.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(values.Slice(i)), out Vector<ushort> low, out Vector<ushort> high);
            (low + new Vector<ushort>(accumulator.Slice(i))).CopyTo(accumulator.Slice(i));
            Span<ushort> upper = accumulator.Slice(i + Vector<ushort>.Count);
            (high + new Vector<ushort>(upper)).CopyTo(upper);
        }
        for (; i < accumulator.Length; i++) accumulator[i] += values[i];
    }

    /// <summary><c>accumulator[i] += values[i]</c>.</summary>
    public static void Add(Span<ushort> accumulator, ReadOnlySpan<ushort> values)
    {
        int i = 0;
        for (; i <= accumulator.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            (new Vector<ushort>(values.Slice(i)) + new Vector<ushort>(accumulator.Slice(i))).CopyTo(accumulator.Slice(i));
        }
        for (; i < accumulator.Length; i++) accumulator[i] += values[i];
    }
}
