using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>A function of two elements that <see cref="Binary"/> applies to arrays.</summary>
/// <typeparam name="T">Type of the operands.</typeparam>
/// <typeparam name="TResult">Type of the result.</typeparam>
internal interface IBinaryFunction<T, TResult>
{
    /// <summary>Whether the vector form exists; only asked where <typeparamref name="T"/> and <typeparamref name="TResult"/> are one vector type.</summary>
    static virtual bool HasVector => false;

    /// <summary>The result for two elements.</summary>
    static abstract TResult Apply(T left, T right);

    /// <summary>The same, for a vector of elements.</summary>
    static virtual Vector<T> Apply(Vector<T> left, Vector<T> right) => throw new System.NotSupportedException();
}
