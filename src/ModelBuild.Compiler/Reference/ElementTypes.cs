using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference;

/// <summary>Work on tensors whose elements may be anything: it only moves them.</summary>
internal interface IElementWork<TResult>
{
    TResult Run<T>();
}

/// <summary>Work on floating-point tensors.</summary>
internal interface IFloatingWork<TResult>
{
    TResult Run<T>() where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>;
}

/// <summary>Work on integer tensors.</summary>
internal interface IIntegerWork<TResult>
{
    TResult Run<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;
}

/// <summary>Work on tensors of numbers, complex ones included.</summary>
internal interface INumberWork<TResult>
{
    TResult Run<T>() where T : unmanaged, INumberBase<T>;
}

/// <summary>Work on tensors of numbers that have an order.</summary>
internal interface IRealWork<TResult>
{
    TResult Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>;
}

/// <summary>From an element type that is known at run time to a type parameter.</summary>
internal static class ElementTypes
{
    /// <summary>float16, float32 or float64; bfloat16 only stores: cast to float32, compute, cast back.</summary>
    public static bool IsFloating(DataType type) => type is DataType.Float32 or DataType.Float64 or DataType.Float16;

    /// <summary>Any integer type, quantised ones as their integers.</summary>
    public static bool IsInteger(DataType type) => type is DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Int64
        or DataType.UInt8 or DataType.UInt16 or DataType.UInt32 or DataType.UInt64
        or DataType.QInt8 or DataType.QUInt8 or DataType.QInt16 or DataType.QUInt16 or DataType.QInt32;

    /// <summary>The C# type of the elements.</summary>
    public static Type ElementType(DataType type) => Any(type, new TypeOf());

    /// <summary>A new array for a tensor of a type.</summary>
    public static Array Allocate(DataType type, int length) => Any(type, new NewArray(length));

    /// <summary>Runs the work with the element type of <paramref name="type"/>.</summary>
    public static TResult Any<TResult>(DataType type, IElementWork<TResult> work) => type switch
    {
        DataType.Float32 => work.Run<float>(),
        DataType.Float64 => work.Run<double>(),
        DataType.Float16 => work.Run<Half>(),
        DataType.BFloat16 => work.Run<BFloat16>(),
        DataType.Bool => work.Run<bool>(),
        DataType.Int8 or DataType.QInt8 => work.Run<sbyte>(),
        DataType.Int16 or DataType.QInt16 => work.Run<short>(),
        DataType.Int32 or DataType.QInt32 => work.Run<int>(),
        DataType.Int64 => work.Run<long>(),
        DataType.UInt8 or DataType.QUInt8 => work.Run<byte>(),
        DataType.UInt16 or DataType.QUInt16 => work.Run<ushort>(),
        DataType.UInt32 => work.Run<uint>(),
        DataType.UInt64 => work.Run<ulong>(),
        DataType.Complex64 or DataType.Complex128 => work.Run<Complex>(),
        DataType.String => work.Run<byte[]>(),
        _ => work.Run<object>(),
    };

    /// <summary>Runs the work with a floating-point type.</summary>
    public static TResult Floating<TResult>(DataType type, IFloatingWork<TResult> work) => type switch
    {
        DataType.Float32 => work.Run<float>(),
        DataType.Float64 => work.Run<double>(),
        DataType.Float16 => work.Run<Half>(),
        _ => throw Unsupported(type, "a floating-point type"),
    };

    /// <summary>Runs the work with an integer type.</summary>
    public static TResult Integer<TResult>(DataType type, IIntegerWork<TResult> work) => type switch
    {
        DataType.Int8 or DataType.QInt8 => work.Run<sbyte>(),
        DataType.Int16 or DataType.QInt16 => work.Run<short>(),
        DataType.Int32 or DataType.QInt32 => work.Run<int>(),
        DataType.Int64 => work.Run<long>(),
        DataType.UInt8 or DataType.QUInt8 => work.Run<byte>(),
        DataType.UInt16 or DataType.QUInt16 => work.Run<ushort>(),
        DataType.UInt32 => work.Run<uint>(),
        DataType.UInt64 => work.Run<ulong>(),
        _ => throw Unsupported(type, "an integer type"),
    };

    /// <summary>Runs the work with an integer or floating-point type.</summary>
    public static TResult Real<TResult>(DataType type, IRealWork<TResult> work) =>
        IsFloating(type) ? Floating(type, new RealFloating<TResult>(work)) : Integer(type, new RealInteger<TResult>(work));

    /// <summary>Runs the work with a number type.</summary>
    public static TResult Number<TResult>(DataType type, INumberWork<TResult> work) =>
        type is DataType.Complex64 or DataType.Complex128 ? work.Run<Complex>() : Real(type, new RealNumber<TResult>(work));

    /// <summary>The error for a type that an operation does not take.</summary>
    public static Exception Unsupported(DataType type, string needed) => Inference.Error($"{type} is not {needed}.");

    private sealed class RealFloating<TResult>(IRealWork<TResult> work) : IFloatingWork<TResult>
    {
        TResult IFloatingWork<TResult>.Run<T>() => work.Run<T>();
    }

    private sealed class RealInteger<TResult>(IRealWork<TResult> work) : IIntegerWork<TResult>
    {
        TResult IIntegerWork<TResult>.Run<T>() => work.Run<T>();
    }

    private sealed class RealNumber<TResult>(INumberWork<TResult> work) : IRealWork<TResult>
    {
        TResult IRealWork<TResult>.Run<T>() => work.Run<T>();
    }

    private sealed class TypeOf : IElementWork<Type>
    {
        public Type Run<T>() => typeof(T);
    }

    private sealed class NewArray(int length) : IElementWork<Array>
    {
        public Array Run<T>() => new T[length];
    }
}
