using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary><see cref="BinaryFunction.Add"/>.</summary>
internal readonly struct AddFunction<T> : IBinaryFunction<T, T>
    where T : IAdditionOperators<T, T, T>
{
    public static bool HasVector => true;

    public static T Apply(T left, T right) => left + right;

    public static Vector<T> Apply(Vector<T> left, Vector<T> right) => left + right;
}

/// <summary><see cref="BinaryFunction.Subtract"/>.</summary>
internal readonly struct SubtractFunction<T> : IBinaryFunction<T, T>
    where T : INumber<T>
{
    public static bool HasVector => true;

    public static T Apply(T left, T right) => left - right;

    public static Vector<T> Apply(Vector<T> left, Vector<T> right) => left - right;
}

/// <summary><see cref="BinaryFunction.Multiply"/>.</summary>
internal readonly struct MultiplyFunction<T> : IBinaryFunction<T, T>
    where T : INumber<T>
{
    public static bool HasVector => true;

    public static T Apply(T left, T right) => left * right;

    public static Vector<T> Apply(Vector<T> left, Vector<T> right) => left * right;
}

/// <summary><see cref="BinaryFunction.Maximum"/>; not a number where either is not.</summary>
internal readonly struct MaximumFunction<T> : IBinaryFunction<T, T>
    where T : INumber<T>
{
    public static bool HasVector => true;

    public static T Apply(T left, T right) => left < right || T.IsNaN(right) ? right : left;

    public static Vector<T> Apply(Vector<T> left, Vector<T> right) =>
        Vector.ConditionalSelect(Vector.LessThan(left, right) | ~Vector.Equals(right, right), right, left);
}

/// <summary><see cref="BinaryFunction.Minimum"/>; not a number where either is not.</summary>
internal readonly struct MinimumFunction<T> : IBinaryFunction<T, T>
    where T : INumber<T>
{
    public static bool HasVector => true;

    public static T Apply(T left, T right) => right < left || T.IsNaN(right) ? right : left;

    public static Vector<T> Apply(Vector<T> left, Vector<T> right) =>
        Vector.ConditionalSelect(Vector.LessThan(right, left) | ~Vector.Equals(right, right), right, left);
}

/// <summary><see cref="BinaryFunction.SquaredDifference"/>.</summary>
internal readonly struct SquaredDifferenceFunction<T> : IBinaryFunction<T, T>
    where T : INumber<T>
{
    public static bool HasVector => true;

    public static T Apply(T left, T right)
    {
        T difference = left - right;
        return difference * difference;
    }

    public static Vector<T> Apply(Vector<T> left, Vector<T> right)
    {
        Vector<T> difference = left - right;
        return difference * difference;
    }
}
