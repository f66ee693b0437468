using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary><see cref="LookupInt8Scalar"/> for 64 bytes at a time by VPERMI2B (AVX-512 VBMI), a half of the table each.</summary>
internal static class LookupInt8Avx512
{
    /// <summary>True if this CPU has the instruction.</summary>
    public static bool IsSupported => Avx512Vbmi.IsSupported;

    /// <inheritdoc cref="LookupInt8Scalar.Run"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<byte> table)
    {
        source = source.Slice(0, destination.Length);
        ref byte entries = ref MemoryMarshal.GetReference(table.Slice(0, 256));
        Vector512<byte> table0 = Vector512.LoadUnsafe(ref entries);
        Vector512<byte> table1 = Vector512.LoadUnsafe(ref entries, 64);
        Vector512<byte> table2 = Vector512.LoadUnsafe(ref entries, 128);
        Vector512<byte> table3 = Vector512.LoadUnsafe(ref entries, 192);
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= destination.Length - Vector512<byte>.Count; i += Vector512<byte>.Count)
        {
            Vector512<byte> index = Vector512.LoadUnsafe(ref from, (nuint)i);
            Vector512<byte> low = Avx512Vbmi.PermuteVar64x8x2(table0, index, table1);
            Vector512<byte> high = Avx512Vbmi.PermuteVar64x8x2(table2, index, table3);
            Vector512<byte> upperHalf = Vector512.LessThan(index.AsSByte(), Vector512<sbyte>.Zero).AsByte();
            Vector512.ConditionalSelect(upperHalf, high, low).StoreUnsafe(ref to, (nuint)i);
        }
        LookupInt8Scalar.Run(source.Slice(i), destination.Slice(i), table);
    }
}
