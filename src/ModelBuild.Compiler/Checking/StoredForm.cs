using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Checking;

/// <summary>How outputs are kept in .npy files, which do not have all of TensorFlow's types.</summary>
internal static class StoredForm
{
    /// <summary>Quantised types as their integers, bfloat16 as float32, a single string as its bytes; all else as it is.</summary>
    public static Tensor Of(Tensor tensor) => tensor.Type switch
    {
        DataType.QInt8 => new Tensor(DataType.Int8, tensor.Shape, tensor.Data),
        DataType.QUInt8 => new Tensor(DataType.UInt8, tensor.Shape, tensor.Data),
        DataType.QInt16 => new Tensor(DataType.Int16, tensor.Shape, tensor.Data),
        DataType.QUInt16 => new Tensor(DataType.UInt16, tensor.Shape, tensor.Data),
        DataType.QInt32 => new Tensor(DataType.Int32, tensor.Shape, tensor.Data),
        DataType.BFloat16 => Tensor.Of(tensor.Shape, Array.ConvertAll((BFloat16[])tensor.Data, value => (float)value)),
        DataType.String when tensor.Count == 1 => Bytes(((byte[][])tensor.Data)[0]),
        _ => tensor,
    };

    /// <summary>The tensor has a form for .npy files.</summary>
    public static bool Exists(Tensor tensor) => Of(tensor).Type is not (DataType.String or DataType.Resource or DataType.Variant);

    private static Tensor Bytes(byte[] bytes) => new(DataType.UInt8, Shape.Of(bytes.Length), bytes);
}
