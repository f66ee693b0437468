using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Parts the pixels of a row with even numbers from those with odd ones. A row's last vector overlaps the one before.</summary>
internal static class PixelPairs
{
    /// <param name="source">At least as many pixels as both targets together.</param>
    /// <param name="even">Gets pixels 0, 2, ...</param>
    /// <param name="odd">Gets pixels 1, 3, ..., as many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split(ReadOnlySpan<int> source, Span<int> even, Span<int> odd)
    {
        int length = even.Length;
        if (source.Length < 2 * length || odd.Length < length) throw new ArgumentException("The row is too short.");
        ref int from = ref MemoryMarshal.GetReference(source);
        ref int evens = ref MemoryMarshal.GetReference(even);
        ref int odds = ref MemoryMarshal.GetReference(odd);
        if (Avx512F.IsSupported && length >= 16)
        {
            Vector512<int> first = Vector512<int>.Indices * 2, second = first + Vector512<int>.One;
            for (int x = 0; x < length; x += 16)
            {
                x = Math.Min(x, length - 16);
                Vector512<int> low = Vector512.LoadUnsafe(ref from, (nuint)(2 * x)), high = Vector512.LoadUnsafe(ref from, (nuint)(2 * x + 16));
                Avx512F.PermuteVar16x32x2(low, first, high).StoreUnsafe(ref evens, (nuint)x);
                Avx512F.PermuteVar16x32x2(low, second, high).StoreUnsafe(ref odds, (nuint)x);
            }
        }
        else if (Vector128.IsHardwareAccelerated && length >= 4)
        {
            for (int x = 0; x < length; x += 4)
            {
                x = Math.Min(x, length - 4);
                Vector128<ulong> low = Vector128.LoadUnsafe(ref from, (nuint)(2 * x)).AsUInt64();
                Vector128<ulong> high = Vector128.LoadUnsafe(ref from, (nuint)(2 * x + 4)).AsUInt64();
                // Narrowing keeps the lower halves.
                Vector128.Narrow(low, high).AsInt32().StoreUnsafe(ref evens, (nuint)x);
                Vector128.Narrow(low >>> 32, high >>> 32).AsInt32().StoreUnsafe(ref odds, (nuint)x);
            }
        }
        else
        {
            for (int x = 0; x < length; x++)
            {
                Unsafe.Add(ref evens, x) = Unsafe.Add(ref from, 2 * x);
                Unsafe.Add(ref odds, x) = Unsafe.Add(ref from, 2 * x + 1);
            }
        }
    }
}
