using System.Numerics;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// From a TensorProto to a tensor. Elements come as little-endian content or in a list of a type; the last element of a list
/// repeats to fill the shape, and an empty list means zeros (tensor.proto).
/// </summary>
internal static class TensorReader
{
    /// <exception cref="ModelBuildException">The content does not fit the shape, or the type is not known.</exception>
    public static Tensor Read(TensorProto proto)
    {
        Shape shape = ShapeReader.Read(proto.TensorShape);
        Inference.Require(shape.IsStatic, $"a constant has the open shape {shape}.");
        int count = Inference.Product(shape.Dimensions);
        DataType type = (DataType)proto.Dtype;
        return new Tensor(type, shape, type switch
        {
            DataType.Float32 => Elements<float, float>(proto, count, proto.FloatVal, x => x),
            DataType.Float64 => Elements<double, double>(proto, count, proto.DoubleVal, x => x),
            DataType.Float16 => Elements<Half, int>(proto, count, proto.HalfVal, x => BitConverter.UInt16BitsToHalf((ushort)x)),
            DataType.BFloat16 => Elements<BFloat16, int>(proto, count, proto.HalfVal, x => MemoryMarshal.Cast<ushort, BFloat16>([(ushort)x])[0]),
            DataType.Int32 or DataType.QInt32 => Elements<int, int>(proto, count, proto.IntVal, x => x),
            DataType.Int16 or DataType.QInt16 => Elements<short, int>(proto, count, proto.IntVal, x => (short)x),
            DataType.Int8 or DataType.QInt8 => Elements<sbyte, int>(proto, count, proto.IntVal, x => (sbyte)x),
            DataType.UInt16 or DataType.QUInt16 => Elements<ushort, int>(proto, count, proto.IntVal, x => (ushort)x),
            DataType.UInt8 or DataType.QUInt8 => Elements<byte, int>(proto, count, proto.IntVal, x => (byte)x),
            DataType.Int64 => Elements<long, long>(proto, count, proto.Int64Val, x => x),
            DataType.UInt32 => Elements<uint, uint>(proto, count, proto.Uint32Val, x => x),
            DataType.UInt64 => Elements<ulong, ulong>(proto, count, proto.Uint64Val, x => x),
            DataType.Bool => Elements<bool, bool>(proto, count, proto.BoolVal, x => x),
            DataType.String => Fill(count, [.. proto.StringVal.Select(text => text.ToByteArray())], x => x, []),
            DataType.Complex64 => Complexes<float>(proto, count, [.. proto.ScomplexVal.Select(x => (double)x)]),
            DataType.Complex128 => Complexes<double>(proto, count, [.. proto.DcomplexVal]),
            _ => throw new ModelBuildException(DiagnosticCode.UnsupportedAttribute, $"a constant has the type {type}, which no inference graph holds."),
        });
    }

    private static T[] Elements<T, TStored>(TensorProto proto, int count, RepeatedField<TStored> list, Func<TStored, T> convert) where T : unmanaged
    {
        if (proto.TensorContent.Length == 0) return Fill(count, list, convert, default);
        ReadOnlySpan<T> content = Content<T>(proto.TensorContent, count);
        return content.ToArray();
    }

    private static Complex[] Complexes<T>(TensorProto proto, int count, IReadOnlyList<double> list) where T : unmanaged, INumber<T>
    {
        if (proto.TensorContent.Length > 0)
        {
            ReadOnlySpan<T> content = Content<T>(proto.TensorContent, count * 2);
            Complex[] elements = new Complex[count];
            for (int i = 0; i < count; i++) elements[i] = new Complex(double.CreateChecked(content[2 * i]), double.CreateChecked(content[2 * i + 1]));
            return elements;
        }
        Complex[] stored = [.. Enumerable.Range(0, list.Count / 2).Select(i => new Complex(list[2 * i], list[2 * i + 1]))];
        return Fill(count, stored, x => x, Complex.Zero);
    }

    private static ReadOnlySpan<T> Content<T>(ByteString bytes, int count) where T : unmanaged
    {
        ReadOnlySpan<T> content = MemoryMarshal.Cast<byte, T>(bytes.Span);
        Inference.Require(content.Length == count, $"a constant has {bytes.Length} bytes of content for {count} elements.");
        return content;
    }

    private static T[] Fill<T, TStored>(int count, IReadOnlyList<TStored> stored, Func<TStored, T> convert, T none)
    {
        T[] elements = new T[count];
        // As TensorFlow, which does not mind values that the shape has no place for.
        int listed = Math.Min(stored.Count, count);
        for (int i = 0; i < listed; i++) elements[i] = convert(stored[i]);
        elements.AsSpan(listed).Fill(listed > 0 ? elements[listed - 1] : none);
        return elements;
    }
}
