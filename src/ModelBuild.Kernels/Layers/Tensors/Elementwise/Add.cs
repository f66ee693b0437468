using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary><c>left + right</c>; integers wrap around.</summary>
internal readonly struct AddFunction<T> : IBinaryFunction<T, T>
    where T : IAdditionOperators<T, T, T>
{
    public static bool HasVector => true;

    public static T Apply(T left, T right) => left + right;

    public static Vector<T> Apply(Vector<T> left, Vector<T> right) => left + right;
}

/// <inheritdoc cref="AddFunction{T}"/>
/// <param name="left">Left operand.</param>
/// <param name="right">Right operand.</param>
/// <param name="output">Sum.</param>
internal sealed class Add<T>(FlatBuffer<T> left, FlatBuffer<T> right, FlatBuffer<T> output)
    : BinaryLayer<T, T, AddFunction<T>>(left, right, output)
    where T : unmanaged, IAdditionOperators<T, T, T>;
