using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// The depthwise convolution's kernel of 3x3 taps with 256-bit VPDPBUSD, whose sums are exact whatever the weights: eight pixels of two
/// rows at a time. The bytes of four rows are interleaved first, once for both and for all columns of the kernel.
/// </summary>
internal static class DepthwiseAvxVnni
{
    private const int Alignment = 64;

    /// <summary>Computes the quads <paramref name="first"/> .. <paramref name="end"/> - 1.</summary>
    public static void Run(
        ReadOnlySpan<byte> input, Span<byte> output, DepthwiseDots program, in ConvolutionInt8Sink sink, int first, int end)
    {
        if (first == end) return;
        Span<byte> memory = stackalloc byte[2 * program.ChunkBytes + Alignment];
        ref byte current = ref MemoryMarshal.GetReference(memory);
        nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref current);
        current = ref Unsafe.Add(ref current, -address & (Alignment - 1));
        ref byte next = ref Unsafe.Add(ref current, program.ChunkBytes);
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        ReadOnlySpan<int> chunks = program.Chunks;
        ReadOnlySpan<DepthwiseFill> fills = program.Fills;
        ref byte pixels = ref Unsafe.Add(ref source, first * program.PlaneBytes);
        foreach (ref readonly DepthwiseFill fill in fills) Interleave(ref pixels, ref current, program, fill);
        for (int quad = first; quad < end; quad++)
        {
            for (int chunk = 0; chunk < chunks.Length; chunk++)
            {
                int nextQuad = quad, nextChunk = chunk + 1;
                if (nextChunk == chunks.Length) (nextQuad, nextChunk) = (quad + 1, 0);
                if (nextQuad == end)
                {
                    fills = default;
                    (nextQuad, nextChunk) = (quad, chunk);
                }
                pixels = ref Unsafe.Add(ref source, nextQuad * program.PlaneBytes + chunks[nextChunk] * 4);
                Multiply(ref current, ref target, program, sink, quad, chunks[chunk], ref pixels, ref next, fills);
                ref byte done = ref current;
                current = ref next;
                next = ref done;
            }
        }
    }

    /// <summary>
    /// Computes a chunk and interleaves another one for the next call: the two wait for different things, and bytes just written are slow
    /// to read in other pieces.
    /// </summary>
    /// <param name="source">The interleaved pixels of the chunk.</param>
    /// <param name="output">The output.</param>
    /// <param name="program">The program.</param>
    /// <param name="sink">What becomes of the accumulators.</param>
    /// <param name="quad">The quad.</param>
    /// <param name="pixel">The first pixel of the chunk.</param>
    /// <param name="pixels">The input under the first pixel of the other chunk.</param>
    /// <param name="target">The place for its interleaved pixels.</param>
    /// <param name="fills">What of it is interleaved.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(
        ref byte source, ref byte output, DepthwiseDots program, ConvolutionInt8Sink sink, int quad, int pixel, ref byte pixels,
        ref byte target, ReadOnlySpan<DepthwiseFill> fills)
    {
        ref byte weights = ref program.Weights[quad * DepthwiseDots.Columns * 2 * DepthwiseDots.VectorBytes];
        Vector256<sbyte> upper0 = Weights(ref weights, 0), upper1 = Weights(ref weights, 2), upper2 = Weights(ref weights, 4);
        Vector256<sbyte> lower0 = Weights(ref weights, 1), lower1 = Weights(ref weights, 3), lower2 = Weights(ref weights, 5);
        Vector256<int> initial = Vector256.Create(Vector128.LoadUnsafe(ref program.Initial[quad * 4]));
        nint columnOffset = program.ColumnOffset;
        int pitch = program.Pitch, next = 0;
        ReadOnlySpan<DepthwiseBlock> blocks = program.Blocks;
        int fillsPerBlock = (fills.Length + blocks.Length - 1) / blocks.Length;
        foreach (ref readonly DepthwiseBlock block in blocks)
        {
            Vector256<int> a0 = initial, a1 = initial, a2 = initial, a3 = initial;
            Vector256<int> b0 = initial, b1 = initial, b2 = initial, b3 = initial;
            ref byte column = ref Unsafe.Add(ref source, block.Source);
            AddColumn(ref column, upper0, lower0, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
            column = ref Unsafe.Add(ref column, columnOffset);
            AddColumn(ref column, upper1, lower1, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
            column = ref Unsafe.Add(ref column, columnOffset);
            AddColumn(ref column, upper2, lower2, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
            int number = pixel + block.Pixel;
            sink.InOrder(ref output, quad, number, number + pitch, a0, a1, a2, a3, b0, b1, b2, b3);
            for (int end = Math.Min(next + fillsPerBlock, fills.Length); next < end; next++)
                Interleave(ref pixels, ref target, program, fills[next]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Weights(ref byte weights, int vector) =>
        Vector256.LoadUnsafe(ref weights, (nuint)(vector * DepthwiseDots.VectorBytes)).AsSByte();

    /// <summary>Adds the products of a column of the kernel, for eight pixels of the upper row (a) and of the lower one (b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumn(
        ref byte source, Vector256<sbyte> upper, Vector256<sbyte> lower,
        ref Vector256<int> a0, ref Vector256<int> a1, ref Vector256<int> a2, ref Vector256<int> a3,
        ref Vector256<int> b0, ref Vector256<int> b1, ref Vector256<int> b2, ref Vector256<int> b3)
    {
        Vector256<byte> pixels = Vector256.LoadUnsafe(ref source);
        a0 = AvxVnni.MultiplyWideningAndAdd(a0, pixels, upper);
        b0 = AvxVnni.MultiplyWideningAndAdd(b0, pixels, lower);
        pixels = Vector256.LoadUnsafe(ref source, DepthwiseDots.VectorBytes);
        a1 = AvxVnni.MultiplyWideningAndAdd(a1, pixels, upper);
        b1 = AvxVnni.MultiplyWideningAndAdd(b1, pixels, lower);
        pixels = Vector256.LoadUnsafe(ref source, 2 * DepthwiseDots.VectorBytes);
        a2 = AvxVnni.MultiplyWideningAndAdd(a2, pixels, upper);
        b2 = AvxVnni.MultiplyWideningAndAdd(b2, pixels, lower);
        pixels = Vector256.LoadUnsafe(ref source, 3 * DepthwiseDots.VectorBytes);
        a3 = AvxVnni.MultiplyWideningAndAdd(a3, pixels, upper);
        b3 = AvxVnni.MultiplyWideningAndAdd(b3, pixels, lower);
    }

    /// <summary>Interleaves pixels of four rows: the bytes of one become [channel][row].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(ref byte pixels, ref byte target, DepthwiseDots program, in DepthwiseFill fill)
    {
        ref byte row = ref Unsafe.Add(ref pixels, fill.Source);
        nint pitch = program.Pitch * 4;
        target = ref Unsafe.Add(ref target, fill.Target);
        // After a transposition of pixels the unpacked halves of each 128 bits are in order again.
        if (program.FillPixels == 16)
        {
            Vector512<byte> a = Transposed512(ref row), b = Transposed512(ref Unsafe.Add(ref row, pitch));
            Vector512<byte> c = Transposed512(ref Unsafe.Add(ref row, 2 * pitch)), d = Transposed512(ref Unsafe.Add(ref row, 3 * pitch));
            Vector512<short> lowAB = Avx512BW.UnpackLow(a, b).AsInt16(), highAB = Avx512BW.UnpackHigh(a, b).AsInt16();
            Vector512<short> lowCD = Avx512BW.UnpackLow(c, d).AsInt16(), highCD = Avx512BW.UnpackHigh(c, d).AsInt16();
            Avx512BW.UnpackLow(lowAB, lowCD).AsByte().StoreUnsafe(ref target);
            Avx512BW.UnpackHigh(lowAB, lowCD).AsByte().StoreUnsafe(ref target, 64);
            Avx512BW.UnpackLow(highAB, highCD).AsByte().StoreUnsafe(ref target, 128);
            Avx512BW.UnpackHigh(highAB, highCD).AsByte().StoreUnsafe(ref target, 192);
        }
        else
        {
            Vector256<byte> a = Transposed256(ref row), b = Transposed256(ref Unsafe.Add(ref row, pitch));
            Vector256<byte> c = Transposed256(ref Unsafe.Add(ref row, 2 * pitch)), d = Transposed256(ref Unsafe.Add(ref row, 3 * pitch));
            Vector256<short> lowAB = Avx2.UnpackLow(a, b).AsInt16(), highAB = Avx2.UnpackHigh(a, b).AsInt16();
            Vector256<short> lowCD = Avx2.UnpackLow(c, d).AsInt16(), highCD = Avx2.UnpackHigh(c, d).AsInt16();
            Avx2.UnpackLow(lowAB, lowCD).AsByte().StoreUnsafe(ref target);
            Avx2.UnpackHigh(lowAB, lowCD).AsByte().StoreUnsafe(ref target, 32);
            Avx2.UnpackLow(highAB, highCD).AsByte().StoreUnsafe(ref target, 64);
            Avx2.UnpackHigh(highAB, highCD).AsByte().StoreUnsafe(ref target, 96);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Transposed512(ref byte row) => Avx512F.PermuteVar16x32(
        Vector512.LoadUnsafe(ref row).AsInt32(), Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Transposed256(ref byte row) =>
        Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref row).AsInt32(), Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7)).AsByte();
}
