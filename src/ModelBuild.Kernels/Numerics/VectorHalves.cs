using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>512-bit vectors of two halves.</summary>
internal static class VectorHalves
{
    /// <summary>Two vectors as one.</summary>
    /// <remarks>AVX-512. One instruction, where <c>Vector512.Create</c> of two halves takes two.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Join(Vector256<int> lower, Vector256<int> upper) =>
        Avx512F.InsertVector256(lower.ToVector512Unsafe(), upper, 1);
}
