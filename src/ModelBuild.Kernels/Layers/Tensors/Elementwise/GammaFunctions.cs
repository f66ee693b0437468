using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>The functions of <see cref="BinaryFunction"/> that <see cref="GammaMath"/> computes.</summary>
internal static class GammaFunctions
{
    /// <inheritdoc cref="BinaryFunction.IncompleteGamma"/>
    internal readonly struct Lower<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right) =>
            T.CreateTruncating(GammaMath.Incomplete(double.CreateTruncating(left), double.CreateTruncating(right), false));
    }

    /// <inheritdoc cref="BinaryFunction.IncompleteGammaComplement"/>
    internal readonly struct Upper<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right) =>
            T.CreateTruncating(GammaMath.Incomplete(double.CreateTruncating(left), double.CreateTruncating(right), true));
    }

    /// <inheritdoc cref="BinaryFunction.Zeta"/>
    internal readonly struct Zeta<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right) => T.CreateTruncating(GammaMath.Zeta(double.CreateTruncating(left), double.CreateTruncating(right)));
    }

    /// <inheritdoc cref="BinaryFunction.Polygamma"/>
    internal readonly struct Polygamma<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right) => T.CreateTruncating(GammaMath.Polygamma(double.CreateTruncating(left), double.CreateTruncating(right)));
    }
}
