using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ModelBuild.Compiler.Coding;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Lays the constants of a model one after the other, each in its shorter coding; equal bytes are stored once. What is added in
/// the same order gives the same blob. <see cref="WeightBlob"/> reads it.
/// </summary>
internal sealed class BlobWriter
{
    private readonly MemoryStream _blob = new();
    private readonly Dictionary<string, int> _offsets = [];

    /// <summary>Adds a constant of the graph.</summary>
    /// <param name="name">Its name, for errors.</param>
    /// <param name="tensor">Its elements: numbers or truth values.</param>
    /// <exception cref="ModelBuildException">The elements are strings, complex numbers or resources.</exception>
    public PlanTensor Add(string name, Tensor tensor)
    {
        string type = PlanTypes.Name(tensor.Type) ?? throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
            $"The constant {name} is of type {tensor.Type}, and compiled models only hold numbers and truth values. "
            + "Set Outputs (or Inputs) so that the part of the graph which uses it is left out.");
        return Add(type, tensor.Shape.ToArray(), ElementTypes.Any(tensor.Type, new LittleEndian(tensor.Data)));
    }

    /// <summary>Adds an array.</summary>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">Dimensions.</param>
    public PlanTensor Add<T>(T[] values, params int[] shape) where T : unmanaged
    {
        string type = PlanTypes.Name(typeof(T)) ?? throw new ArgumentException($"Tensors have no elements of type {typeof(T)}.");
        if (Shapes.Elements(shape) != values.Length)
            throw new ArgumentException($"{values.Length} elements do not fill the shape {Shape.Of(shape)}.");
        return Add(type, shape, new LittleEndian(values).Run<T>());
    }

    /// <summary>Adds a tensor that is coded already.</summary>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Dimensions.</param>
    /// <param name="bytes">Its coded form.</param>
    /// <param name="coding">A coding of <see cref="WeightBlob"/>.</param>
    public PlanTensor Add(string type, int[] shape, byte[] bytes, string coding) => new(type, shape, Store(bytes), bytes.Length, coding);

    /// <summary>All constants so far.</summary>
    public byte[] Finish() => _blob.ToArray();

    private PlanTensor Add(string type, int[] shape, byte[] raw)
    {
        (byte[] bytes, string coding) = Coded(type, shape, raw) is { } coded && coded.Length < raw.Length ? (coded, WeightBlob.Rans) : (raw, WeightBlob.Raw);
        return Add(type, shape, bytes, coding);
    }

    private static byte[]? Coded(string type, int[] shape, byte[] raw) => type switch
    {
        "sbyte" => RansEncoder.Encode(MemoryMarshal.Cast<byte, sbyte>(raw), shape),
        "int" when BitConverter.IsLittleEndian => RansNumbersEncoder.Encode(MemoryMarshal.Cast<byte, int>(raw)),
        "float" when BitConverter.IsLittleEndian => RansFloatsEncoder.Encode(MemoryMarshal.Cast<byte, uint>(raw)),
        "Half" when BitConverter.IsLittleEndian => RansFloatsEncoder.Encode(MemoryMarshal.Cast<byte, ushort>(raw)),
        _ => null,
    };

    /// <summary>First byte of the stored bytes, which are written unless they are there already.</summary>
    private int Store(byte[] bytes)
    {
        string content = Convert.ToHexString(SHA256.HashData(bytes));
        if (_offsets.TryGetValue(content, out int offset)) return offset;
        offset = (int)_blob.Length;
        if (bytes.Length > Array.MaxLength - offset)
        {
            throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
                "The model's constants take more than 2 GB, which no resource of an assembly can hold. Split the model.");
        }
        _blob.Write(bytes);
        return _offsets[content] = offset;
    }

    /// <summary>The elements of an array as bytes.</summary>
    private sealed class LittleEndian(Array values) : IElementWork<byte[]>
    {
        public byte[] Run<T>()
        {
            T[] elements = (T[])values;
            int size = Unsafe.SizeOf<T>();
            ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(elements));
            byte[] bytes = MemoryMarshal.CreateReadOnlySpan(ref first, checked(elements.Length * size)).ToArray();
            for (int i = 0; !BitConverter.IsLittleEndian && i < bytes.Length; i += size) bytes.AsSpan(i, size).Reverse();
            return bytes;
        }
    }
}
