using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Data;

/// <summary>
/// Conversions of data to a model's element types. All go by a tensor's type and never by its array's, for to .NET an array of
/// bytes is also one of sbytes.
/// </summary>
internal static class ElementConversion
{
    public static bool IsFloating(DataType type) => type is DataType.Float16 or DataType.BFloat16 or DataType.Float32 or DataType.Float64;

    public static bool IsInteger(DataType type) => type is DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Int64
        or DataType.UInt8 or DataType.UInt16 or DataType.UInt32 or DataType.UInt64;

    /// <summary>Whether <see cref="Convert"/> takes these: equal, both floating or both integers.</summary>
    public static bool CanConvert(DataType from, DataType to) =>
        from == to || IsFloating(from) && IsFloating(to) || IsInteger(from) && IsInteger(to);

    /// <summary>The same numbers in another type, rounded if it is a floating one.</summary>
    /// <exception cref="OverflowException">An integer is outside the range of the other type.</exception>
    public static Tensor Convert(Tensor tensor, DataType to)
    {
        if (tensor.Type == to) return tensor;
        return new Tensor(to, tensor.Shape, IsInteger(to) ? ToIntegers(tensor, to) : ToFloats(tensor, to));
    }

    /// <summary>Elements from <paramref name="start"/> on that fill <paramref name="shape"/>, copied.</summary>
    public static Tensor Slice(Tensor tensor, int start, Shape shape)
    {
        Array part = Array.CreateInstance(tensor.Data.GetType().GetElementType()!, shape.Count);
        Array.Copy(tensor.Data, start, part, 0, part.Length);
        return new Tensor(tensor.Type, shape, part);
    }

    /// <summary>Index of the first NaN or infinity, or -1.</summary>
    public static int IndexOfNotFinite(Tensor tensor) => tensor.Type switch
    {
        DataType.Float16 => IndexOfNotFinite(tensor.Elements<Half>()),
        DataType.BFloat16 => IndexOfNotFinite<float>(Cast<BFloat16, float>(tensor)),
        DataType.Float32 => IndexOfNotFinite(tensor.Elements<float>()),
        DataType.Float64 => IndexOfNotFinite(tensor.Elements<double>()),
        DataType.Complex64 or DataType.Complex128 => IndexOfNotFinite(tensor.Elements<Complex>()),
        _ => -1,
    };

    /// <summary>The numbers of a tensor of integers or floats; integers beyond 2^53 are rounded.</summary>
    public static double[] ToDoubles(Tensor tensor) => tensor.Type switch
    {
        DataType.Float16 => Cast<Half, double>(tensor),
        DataType.BFloat16 => Cast<BFloat16, double>(tensor),
        DataType.Float32 => Cast<float, double>(tensor),
        DataType.Float64 => (double[])tensor.Data,
        DataType.Int8 => Cast<sbyte, double>(tensor),
        DataType.Int16 => Cast<short, double>(tensor),
        DataType.Int32 => Cast<int, double>(tensor),
        DataType.Int64 => Cast<long, double>(tensor),
        DataType.UInt8 => Cast<byte, double>(tensor),
        DataType.UInt16 => Cast<ushort, double>(tensor),
        DataType.UInt32 => Cast<uint, double>(tensor),
        DataType.UInt64 => Cast<ulong, double>(tensor),
        _ => throw new NotSupportedException($"{tensor.Type} are no numbers."),
    };

    private static int IndexOfNotFinite<T>(ReadOnlySpan<T> elements) where T : INumberBase<T>
    {
        for (int i = 0; i < elements.Length; i++)
            if (!T.IsFinite(elements[i])) return i;
        return -1;
    }

    private static Array ToFloats(Tensor tensor, DataType to)
    {
        Tensor wide = new(DataType.Float64, tensor.Shape, ToDoubles(tensor));
        return to switch
        {
            DataType.Float16 => Cast<double, Half>(wide),
            DataType.BFloat16 => Cast<double, BFloat16>(wide),
            DataType.Float32 => Cast<double, float>(wide),
            DataType.Float64 => wide.Data,
            _ => throw NoConversion(tensor.Type, to),
        };
    }

    private static TTo[] Cast<TFrom, TTo>(Tensor tensor)
    {
        TTo[] elements = new TTo[tensor.Count];
        Kernels.Cast.Run(tensor.Elements<TFrom>(), elements.AsSpan());
        return elements;
    }

    private static Array ToIntegers(Tensor tensor, DataType to) => tensor.Type switch
    {
        DataType.Int8 => ToIntegers<sbyte>(tensor, to),
        DataType.Int16 => ToIntegers<short>(tensor, to),
        DataType.Int32 => ToIntegers<int>(tensor, to),
        DataType.Int64 => ToIntegers<long>(tensor, to),
        DataType.UInt8 => ToIntegers<byte>(tensor, to),
        DataType.UInt16 => ToIntegers<ushort>(tensor, to),
        DataType.UInt32 => ToIntegers<uint>(tensor, to),
        DataType.UInt64 => ToIntegers<ulong>(tensor, to),
        _ => throw NoConversion(tensor.Type, to),
    };

    private static Array ToIntegers<TFrom>(Tensor tensor, DataType to) where TFrom : IBinaryInteger<TFrom> => to switch
    {
        DataType.Int8 => Checked<TFrom, sbyte>(tensor),
        DataType.Int16 => Checked<TFrom, short>(tensor),
        DataType.Int32 => Checked<TFrom, int>(tensor),
        DataType.Int64 => Checked<TFrom, long>(tensor),
        DataType.UInt8 => Checked<TFrom, byte>(tensor),
        DataType.UInt16 => Checked<TFrom, ushort>(tensor),
        DataType.UInt32 => Checked<TFrom, uint>(tensor),
        DataType.UInt64 => Checked<TFrom, ulong>(tensor),
        _ => throw NoConversion(tensor.Type, to),
    };

    private static TTo[] Checked<TFrom, TTo>(Tensor tensor) where TFrom : IBinaryInteger<TFrom> where TTo : IBinaryInteger<TTo>
    {
        ReadOnlySpan<TFrom> source = tensor.Elements<TFrom>();
        TTo[] elements = new TTo[source.Length];
        for (int i = 0; i < elements.Length; i++) elements[i] = TTo.CreateChecked(source[i]);
        return elements;
    }

    private static NotSupportedException NoConversion(DataType from, DataType to) => new($"There is no conversion from {from} to {to}.");
}
