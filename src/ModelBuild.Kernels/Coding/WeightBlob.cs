using System;
using System.Buffers;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>The constants of a model, one after the other, each in a coding of its own. One thread at a time may read.</summary>
internal sealed class WeightBlob : IDisposable
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

    private readonly Stream _stream;
    private readonly int _length;
    private readonly DecodedAhead? _ahead;

    /// <param name="bytes">The blob.</param>
    /// <param name="ahead">As of <see cref="Open"/>.</param>
    public WeightBlob(byte[] bytes, ReadOnlySpan<int> ahead = default)
        : this(new MemoryStream(bytes, writable: false), bytes.Length, ahead)
    {
    }

    private WeightBlob(Stream stream, int length, ReadOnlySpan<int> ahead)
    {
        _stream = stream;
        _length = length;
        if (ahead.Length > 0) _ahead = DecodedAhead.Start(this, ahead);
    }

    /// <summary>Opens the blob of a model in its assembly, whose memory it is read from as tensors are asked for.</summary>
    /// <param name="assembly">The assembly that the model is compiled into.</param>
    /// <param name="resource">Name of the embedded resource.</param>
    /// <param name="length">Bytes of the blob, as planned.</param>
    /// <param name="ahead">
    /// Tensors of sbytes in the coding <see cref="Rans"/> that are worth a second thread: offset, bytes and length of each, in the order in
    /// which they will be read.
    /// </param>
    /// <exception cref="InvalidDataException">The resource is not there, or is not as long as planned.</exception>
    public static WeightBlob Open(Assembly assembly, string resource, int length, ReadOnlySpan<int> ahead = default)
    {
        Stream? stream = assembly.GetManifestResourceStream(resource);
        if (stream is null) throw new InvalidDataException("The model's weights are missing: there is no resource " + resource + ".");
        if (stream.Length != length) throw new InvalidDataException("The model's weights are damaged: resource " + resource + " has a wrong length.");
        return new WeightBlob(stream, length, ahead);
    }

    /// <summary>Reads a tensor.</summary>
    /// <typeparam name="T">
    /// Element type: a number. No constraint says so, since ReadyToRun compiles no generic code with one ahead for primitive types.
    /// </typeparam>
    /// <param name="offset">First byte in the blob.</param>
    /// <param name="bytes">Bytes in the blob.</param>
    /// <param name="length">Number of elements.</param>
    /// <param name="coding"><see cref="Raw"/>, <see cref="Rans"/>; <see cref="Grouped"/> for sbytes; <see cref="Scaled"/>, <see cref="Halves"/> for floats.</param>
    /// <exception cref="InvalidDataException">The tensor is damaged.</exception>
    public T[] Read<T>(int offset, int bytes, int length, string coding)
    {
        if (typeof(T) == typeof(sbyte) && _ahead?.Take(offset) is { } levels) return (T[])(object)levels;
        Check(offset, bytes, length);
        T[] elements = GC.AllocateUninitializedArray<T>(length);
        if (coding == Raw) ReadRaw(elements, offset, bytes, Unsafe.SizeOf<T>());
        else Decode(elements, offset, bytes, coding);
        return elements;
    }

    /// <summary>Decodes a tensor of levels; several threads may do so.</summary>
    /// <inheritdoc cref="Read"/>
    internal sbyte[] DecodeLevels(int offset, int bytes, int length)
    {
        Check(offset, bytes, length);
        sbyte[] levels = GC.AllocateUninitializedArray<sbyte>(length);
        Decode(levels, offset, bytes, Rans);
        return levels;
    }

    /// <summary>Closes the resource.</summary>
    public void Dispose()
    {
        _ahead?.Stop();
        _stream.Dispose();
    }

    private void Check(int offset, int bytes, int length)
    {
        if (length < 0 || (uint)offset > (uint)_length || (uint)bytes > (uint)(_length - offset))
            throw new InvalidDataException("The model's weights are damaged: a tensor lies outside.");
    }

    private void Decode(Array elements, int offset, int bytes, string coding)
    {
        byte[] coded = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            Copy(offset, coded.AsSpan(0, bytes));
            Decode(coded.AsSpan(0, bytes), elements, coding);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(coded);
        }
    }

    private void ReadRaw(Array elements, int offset, int bytes, int size)
    {
        if ((long)elements.Length * size != bytes) throw new InvalidDataException("The model's weights are damaged: a tensor has a wrong length.");
        Span<byte> target = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(elements), bytes);
        Copy(offset, target);
        if (!BitConverter.IsLittleEndian)
        {
            for (int i = 0; i < target.Length; i += size) target.Slice(i, size).Reverse();
        }
    }

    private void Copy(int offset, Span<byte> target)
    {
        lock (_stream)
        {
            _stream.Position = offset;
            _stream.ReadExactly(target);
        }
    }

    // To the run time an array of bytes is one of sbytes too, and is decoded alike.
    private static void Decode(ReadOnlySpan<byte> source, Array elements, string coding)
    {
        switch (elements)
        {
            case sbyte[] levels when coding == Rans: RansDecoder.Decode(source, levels); break;
            case sbyte[] levels when coding == Grouped: GroupedLevels.Decode(source, levels); break;
            case int[] numbers when coding == Rans: RansNumbers.Decode(source, numbers); break;
            case float[] floats when coding == Rans: RansFloats.Decode(source, MemoryMarshal.Cast<float, uint>(floats.AsSpan())); break;
            case float[] floats when coding == Scaled: ScaledLevels.Decode(source, floats); break;
            case float[] floats when coding == Halves: ScaledLevels.DecodeHalves(source, floats); break;
            case Half[] halves when coding == Rans: RansFloats.Decode(source, MemoryMarshal.Cast<Half, ushort>(halves.AsSpan())); break;
            default: throw new InvalidDataException("The model's weights are in the unknown coding " + coding + ".");
        }
    }
}
