using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Two 16-bit integers in 32 bits.</summary>
internal static class Int16Pair
{
    /// <summary>The first in the lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(short first, short second) => (int)((ushort)first | (uint)(ushort)second << 16);

    /// <summary>Two neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Load(ref short source) => BitConverter.IsLittleEndian
        ? Unsafe.ReadUnaligned<int>(ref Unsafe.As<short, byte>(ref source))
        : Of(source, Unsafe.Add(ref source, 1));
}
