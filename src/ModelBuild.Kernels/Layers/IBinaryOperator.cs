using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// What <see cref="BinaryInt8"/> does to two quantised values, in float, in units of the output's scale. Every form performs
/// the same operations in the same order, each rounded, so that all give the same bits.
/// </summary>
internal interface IBinaryOperator
{
    /// <summary>The result for two bytes, 0..255.</summary>
    float Apply(int left, int right);

    /// <inheritdoc cref="Apply(int, int)"/>
    Vector128<float> Apply(Vector128<int> left, Vector128<int> right);

    /// <inheritdoc cref="Apply(int, int)"/>
    Vector256<float> Apply(Vector256<int> left, Vector256<int> right);

    /// <inheritdoc cref="Apply(int, int)"/>
    Vector512<float> Apply(Vector512<int> left, Vector512<int> right);
}
