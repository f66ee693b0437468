using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>The constants of a model, one after the other, each in a coding of its own.</summary>
internal sealed class WeightBlob
{
    /// <summary>The coding of plain little-endian elements.</summary>
    public const string Raw = "Raw";

    /// <summary>The entropy coding: <see cref="RansDecoder"/> of sbytes, <see cref="RansNumbers"/> of ints, <see cref="RansFloats"/> of floats and halves.</summary>
    public const string Rans = "Rans";

    /// <summary>sbytes that are steps of groups times levels, <see cref="GroupedLevels"/>.</summary>
    public const string Grouped = "Grouped";

    /// <summary>Floats that are scales of channels times levels, <see cref="ScaledLevels.Decode"/>.</summary>
    public const string Scaled = "Scaled";

    /// <summary>Floats of which halves are stored, <see cref="ScaledLevels.DecodeHalves"/>.</summary>
    public const string Halves = "Halves";

    private readonly byte[] _bytes;

    /// <param name="bytes">The blob.</param>
    public WeightBlob(byte[] bytes) => _bytes = bytes;

    /// <summary>Reads the blob of a model from its assembly.</summary>
    /// <param name="assembly">The assembly that the model is compiled into.</param>
    /// <param name="resource">Name of the embedded resource.</param>
    /// <param name="length">Bytes of the blob, as planned.</param>
    /// <exception cref="InvalidDataException">The resource is not there, or is not as long as planned.</exception>
    public static WeightBlob Open(Assembly assembly, string resource, int length)
    {
        using Stream? stream = assembly.GetManifestResourceStream(resource);
        if (stream is null) throw new InvalidDataException("The model's weights are missing: there is no resource " + resource + ".");
        if (stream.Length != length) throw new InvalidDataException("The model's weights are damaged: resource " + resource + " has a wrong length.");
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        stream.ReadExactly(bytes);
        return new WeightBlob(bytes);
    }

    /// <summary>Reads a tensor.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="offset">First byte in the blob.</param>
    /// <param name="bytes">Bytes in the blob.</param>
    /// <param name="length">Number of elements.</param>
    /// <param name="coding"><see cref="Raw"/>, <see cref="Rans"/>; <see cref="Grouped"/> for sbytes; <see cref="Scaled"/>, <see cref="Halves"/> for floats.</param>
    /// <exception cref="InvalidDataException">The tensor is damaged.</exception>
    public T[] Read<T>(int offset, int bytes, int length, string coding) where T : unmanaged
    {
        if (length < 0 || (uint)offset > (uint)_bytes.Length || (uint)bytes > (uint)(_bytes.Length - offset))
            throw new InvalidDataException("The model's weights are damaged: a tensor lies outside.");
        ReadOnlySpan<byte> source = _bytes.AsSpan(offset, bytes);
        if (coding == Rans)
        {
            T[] elements = GC.AllocateUninitializedArray<T>(length);
            Decode(source, elements.AsSpan());
            return elements;
        }
        if (coding == Grouped && typeof(T) == typeof(sbyte))
        {
            T[] weights = GC.AllocateUninitializedArray<T>(length);
            GroupedLevels.Decode(source, MemoryMarshal.Cast<T, sbyte>(weights.AsSpan()));
            return weights;
        }
        if (coding is Scaled or Halves && typeof(T) == typeof(float))
        {
            T[] floats = GC.AllocateUninitializedArray<T>(length);
            Span<float> target = MemoryMarshal.Cast<T, float>(floats.AsSpan());
            if (coding == Scaled) ScaledLevels.Decode(source, target);
            else ScaledLevels.DecodeHalves(source, target);
            return floats;
        }
        if (coding != Raw) throw new InvalidDataException("The model's weights are in the unknown coding " + coding + ".");
        if ((long)length * Unsafe.SizeOf<T>() != bytes) throw new InvalidDataException("The model's weights are damaged: a tensor has a wrong length.");
        return ReadRaw<T>(source);
    }

    private static void Decode<T>(ReadOnlySpan<byte> source, Span<T> elements) where T : unmanaged
    {
        if (typeof(T) == typeof(sbyte)) RansDecoder.Decode(source, MemoryMarshal.Cast<T, sbyte>(elements));
        else if (typeof(T) == typeof(int)) RansNumbers.Decode(source, MemoryMarshal.Cast<T, int>(elements));
        else if (typeof(T) == typeof(float)) RansFloats.Decode(source, MemoryMarshal.Cast<T, uint>(elements));
        else if (typeof(T) == typeof(Half)) RansFloats.Decode(source, MemoryMarshal.Cast<T, ushort>(elements));
        else throw new InvalidDataException("The model's weights have no coding " + Rans + " of " + typeof(T).Name + ".");
    }

    private static T[] ReadRaw<T>(ReadOnlySpan<byte> source) where T : unmanaged
    {
        T[] elements = GC.AllocateUninitializedArray<T>(source.Length / Unsafe.SizeOf<T>());
        Span<byte> target = MemoryMarshal.AsBytes(elements.AsSpan());
        source.CopyTo(target);
        if (!BitConverter.IsLittleEndian)
        {
            for (int i = 0; i < target.Length; i += Unsafe.SizeOf<T>()) target.Slice(i, Unsafe.SizeOf<T>()).Reverse();
        }
        return elements;
    }
}
