using System.Runtime.InteropServices;
using Google.Protobuf;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Emit;

/// <summary>From a tensor to TensorFlow's form of a constant.</summary>
internal static class TensorWriter
{
    /// <summary>The constant, or null for types that no graph's weights have.</summary>
    public static TensorProto? Write(Tensor tensor)
    {
        ReadOnlySpan<byte> bytes = tensor.Data switch
        {
            float[] data => MemoryMarshal.AsBytes<float>(data),
            double[] data => MemoryMarshal.AsBytes<double>(data),
            Half[] data => MemoryMarshal.AsBytes<Half>(data),
            BFloat16[] data => MemoryMarshal.AsBytes<BFloat16>(data),
            int[] data => MemoryMarshal.AsBytes<int>(data),
            long[] data => MemoryMarshal.AsBytes<long>(data),
            short[] data => MemoryMarshal.AsBytes<short>(data),
            ushort[] data => MemoryMarshal.AsBytes<ushort>(data),
            sbyte[] data => MemoryMarshal.AsBytes<sbyte>(data),
            byte[] data => data,
            bool[] data => MemoryMarshal.AsBytes<bool>(data),
            _ => default,
        };
        if (bytes.IsEmpty && tensor.Count > 0) return null;
        return new TensorProto { Dtype = (int)tensor.Type, TensorShape = GraphParts.Shape(tensor.Shape.ToArray()),
            TensorContent = ByteString.CopyFrom(bytes) };
    }
}
