using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Parts the pixels of rows with even numbers from those with odd ones.</summary>
internal static class PixelPairs
{
    /// <summary>Splits rows from the first on. Whole vectors are written: pixels behind a row's end may get any value, within the targets.</summary>
    /// <param name="source">From the first row's first pixel on. Rows may end with it, and what follows them is read but not used.</param>
    /// <param name="sourcePitch">Pixels of the source from a row to the next.</param>
    /// <param name="even">From the first row's first pixel on: gets pixels 0, 2, ...</param>
    /// <param name="odd">As long: gets pixels 1, 3, ...</param>
    /// <param name="targetPitch">Pixels of both targets from a row to the next.</param>
    /// <param name="rows">Rows, at least one.</param>
    /// <param name="columns">Pixels that each target gets of a row, half of the source's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split(
        ReadOnlySpan<int> source, int sourcePitch, Span<int> even, Span<int> odd, int targetPitch, int rows, int columns)
    {
        int sourceLength = (rows - 1) * sourcePitch + 2 * columns, targetLength = (rows - 1) * targetPitch + columns;
        if (source.Length < sourceLength || even.Length < targetLength || odd.Length != even.Length)
            throw new ArgumentException("The rows do not fit.");
        ref int from = ref MemoryMarshal.GetReference(source);
        ref int evens = ref MemoryMarshal.GetReference(even);
        ref int odds = ref MemoryMarshal.GetReference(odd);
        Vector512<int> first = Vector512<int>.Indices * 2, second = first + Vector512<int>.One;
        for (int y = 0; y < rows; y++)
        {
            int x = 0;
            int sourceRow = y * sourcePitch, targetRow = y * targetPitch;
            int room = Math.Min((source.Length - sourceRow) / 2, even.Length - targetRow);
            if (Avx512F.IsSupported)
            {
                for (; x < columns && x + 16 <= room; x += 16)
                {
                    Vector512<int> low = Vector512.LoadUnsafe(ref from, (nuint)(sourceRow + 2 * x));
                    Vector512<int> high = Vector512.LoadUnsafe(ref from, (nuint)(sourceRow + 2 * x + 16));
                    Avx512F.PermuteVar16x32x2(low, first, high).StoreUnsafe(ref evens, (nuint)(targetRow + x));
                    Avx512F.PermuteVar16x32x2(low, second, high).StoreUnsafe(ref odds, (nuint)(targetRow + x));
                }
            }
            if (Vector128.IsHardwareAccelerated)
            {
                for (; x < columns && x + 4 <= room; x += 4)
                {
                    Vector128<ulong> low = Vector128.LoadUnsafe(ref from, (nuint)(sourceRow + 2 * x)).AsUInt64();
                    Vector128<ulong> high = Vector128.LoadUnsafe(ref from, (nuint)(sourceRow + 2 * x + 4)).AsUInt64();
                    // Narrowing keeps the lower halves.
                    Vector128.Narrow(low, high).AsInt32().StoreUnsafe(ref evens, (nuint)(targetRow + x));
                    Vector128.Narrow(low >>> 32, high >>> 32).AsInt32().StoreUnsafe(ref odds, (nuint)(targetRow + x));
                }
            }
            for (; x < columns; x++)
            {
                Unsafe.Add(ref evens, targetRow + x) = Unsafe.Add(ref from, sourceRow + 2 * x);
                Unsafe.Add(ref odds, targetRow + x) = Unsafe.Add(ref from, sourceRow + 2 * x + 1);
            }
        }
    }
}
