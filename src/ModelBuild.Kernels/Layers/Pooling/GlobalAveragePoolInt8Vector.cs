using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary><see cref="GlobalAveragePoolInt8Scalar"/> with portable vectors: a lane a channel of a quad.</summary>
internal static class GlobalAveragePoolInt8Vector
{
    /// <summary>Steps of two pixels after which a 16-bit sum may be full.</summary>
    private const int Steps = ushort.MaxValue / 255;

    /// <summary>True where the CPU has vectors.</summary>
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    /// <inheritdoc cref="GlobalAveragePoolInt8Scalar.Run"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ReadOnlySpan<byte> input, Span<byte> output, ImageBuffer from, int firstQuad, int endQuad, float multiplier, int inputZeroPoint,
        Requantization requantization)
    {
        Vector128<int> zero = Vector128.Create(from.Height * from.Width * inputZeroPoint);
        for (int quad = firstQuad; quad < endQuad; quad++)
        {
            Vector128<uint> sum = Vector128<uint>.Zero;
            for (int y = 0; y < from.Height; y++)
            {
                sum += Sum(input.Slice((quad * from.Size + from.Origin + y * from.Pitch) * 4, from.Width * 4));
            }
            Vector128<float> value = Vector128.ConvertToSingle(sum.AsInt32() - zero) * multiplier;
            FloatLanes128.StoreBytes(value, requantization, ref MemoryMarshal.GetReference(output.Slice(quad * 4, 4)), 0);
        }
    }

    /// <summary>The sums of a row's four channels.</summary>
    private static Vector128<uint> Sum(ReadOnlySpan<byte> row)
    {
        ref byte source = ref MemoryMarshal.GetReference(row);
        Vector128<uint> sum = Vector128<uint>.Zero;
        int i = 0;
        while (i <= row.Length - Vector128<byte>.Count)
        {
            Vector128<ushort> partial = Vector128<ushort>.Zero;
            for (int step = 0; step < Steps - 1 && i <= row.Length - Vector128<byte>.Count; step += 2, i += Vector128<byte>.Count)
            {
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)i));
                partial += low + high;
            }
            sum += Vector128.WidenLower(partial) + Vector128.WidenUpper(partial);
        }
        for (; i < row.Length; i += 4)
        {
            Vector128<byte> pixel = Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, i))).AsByte();
            sum += Vector128.WidenLower(Vector128.WidenLower(pixel));
        }
        return sum;
    }
}
