using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Data;

/// <summary>Reads and writes arrays of numbers in NumPy's format, see <see cref="NpyHeader"/>.</summary>
internal static class NpyFile
{
    // Small enough to be swapped in the cache; a span of bytes cannot cover arrays of more than 2 GB.
    private const int ChunkBytes = 1 << 18;

    /// <summary>The array in row-major order.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">MB2001.</exception>
    public static Tensor Read(string path) => DataFile.Read(path, stream =>
    {
        NpyHeader header = NpyHeader.Read(stream, path);
        long expected = (long)header.Shape.Count * header.Element.Bytes, found = stream.Length - stream.Position;
        // Before anything is allocated: a few damaged bytes can claim gigabytes.
        if (found < expected)
            throw DataErrors.Unreadable(path, $"ends too early: {header.Shape} of '{header.Element.Code}' are {expected} bytes, "
                + $"{found} are there. Save the array again.");
        if (found > expected)
            throw DataErrors.Unreadable(path, $"goes on for {found - expected} bytes after its array. Save one array a file.");
        return ReadTensor(stream, header);
    });

    /// <summary>Writes a tensor of a type of <see cref="NpyElement.All"/>; errors of the file system are thrown as they are.</summary>
    public static void Write(string path, Tensor tensor)
    {
        NpyElement element = NpyElement.All.FirstOrDefault(element => element.Type == tensor.Type)
            ?? throw new ArgumentException($"There are no .npy files of {tensor.Type}.");
        using FileStream stream = File.Create(path);
        new NpyHeader(element, !BitConverter.IsLittleEndian, Fortran: false, tensor.Shape).Write(stream);
        switch (tensor.Type)
        {
            case DataType.Float16: Write<Half>(); break;
            case DataType.Float32: Write<float>(); break;
            case DataType.Float64: Write<double>(); break;
            case DataType.Int8: Write<sbyte>(); break;
            case DataType.Int16: Write<short>(); break;
            case DataType.Int32: Write<int>(); break;
            case DataType.Int64: Write<long>(); break;
            case DataType.UInt8: Write<byte>(); break;
            case DataType.UInt16: Write<ushort>(); break;
            case DataType.UInt32: Write<uint>(); break;
            case DataType.UInt64: Write<ulong>(); break;
            case DataType.Bool: Write<bool>(); break;
            case DataType.Complex64: WriteElements(stream, Floats(tensor.Elements<Complex>())); break;
            case DataType.Complex128: Write<Complex>(); break;
            default: throw new ArgumentException($"There are no .npy files of {tensor.Type}.");
        }

        void Write<T>() where T : unmanaged => WriteElements(stream, tensor.Elements<T>());
    }

    private static Tensor ReadTensor(Stream stream, NpyHeader header)
    {
        return header.Element.Type switch
        {
            DataType.Float16 => Numbers<Half>(),
            DataType.Float32 => Numbers<float>(),
            DataType.Float64 => Numbers<double>(),
            DataType.Int8 => Numbers<sbyte>(),
            DataType.Int16 => Numbers<short>(),
            DataType.Int32 => Numbers<int>(),
            DataType.Int64 => Numbers<long>(),
            DataType.UInt8 => Numbers<byte>(),
            DataType.UInt16 => Numbers<ushort>(),
            DataType.UInt32 => Numbers<uint>(),
            DataType.UInt64 => Numbers<ulong>(),
            // A bool made of any other byte than 0 and 1 would compare in surprising ways.
            DataType.Bool => InRowOrder(header, Array.ConvertAll(ReadElements<byte>(stream, header), value => value != 0)),
            DataType.Complex64 => InRowOrder(header, Complexes(ReadElements<float>(stream, header))),
            _ => Numbers<Complex>(),
        };

        Tensor Numbers<T>() where T : unmanaged => InRowOrder(header, ReadElements<T>(stream, header));
    }

    private static T[] ReadElements<T>(Stream stream, NpyHeader header) where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        T[] elements = new T[(long)header.Shape.Count * header.Element.Bytes / size];
        for (int start = 0, count; start < elements.Length; start += count)
        {
            count = Math.Min(ChunkBytes / size, elements.Length - start);
            Span<byte> bytes = MemoryMarshal.AsBytes(elements.AsSpan(start, count));
            stream.ReadExactly(bytes);
            if (header.BigEndian == BitConverter.IsLittleEndian) ReverseBytes(bytes, header.Element.NumberBytes);
        }
        return elements;
    }

    private static void WriteElements<T>(Stream stream, ReadOnlySpan<T> elements) where T : unmanaged
    {
        int chunk = ChunkBytes / Unsafe.SizeOf<T>();
        for (; elements.Length > chunk; elements = elements[chunk..]) stream.Write(MemoryMarshal.AsBytes(elements[..chunk]));
        stream.Write(MemoryMarshal.AsBytes(elements));
    }

    private static void ReverseBytes(Span<byte> bytes, int numberBytes)
    {
        switch (numberBytes)
        {
            case sizeof(ushort): Reverse16(MemoryMarshal.Cast<byte, ushort>(bytes)); break;
            case sizeof(uint): Reverse32(MemoryMarshal.Cast<byte, uint>(bytes)); break;
            case sizeof(ulong): Reverse64(MemoryMarshal.Cast<byte, ulong>(bytes)); break;
        }

        static void Reverse16(Span<ushort> numbers) => BinaryPrimitives.ReverseEndianness(numbers, numbers);
        static void Reverse32(Span<uint> numbers) => BinaryPrimitives.ReverseEndianness(numbers, numbers);
        static void Reverse64(Span<ulong> numbers) => BinaryPrimitives.ReverseEndianness(numbers, numbers);
    }

    /// <summary>Column-major elements are the row-major ones of the reversed shape, transposed.</summary>
    private static Tensor InRowOrder<T>(NpyHeader header, T[] elements)
    {
        if (header.Fortran && header.Shape.Rank > 1)
        {
            T[] transposed = new T[elements.Length];
            int[] reversed = header.Shape.ToArray(), permutation = [.. Enumerable.Range(0, reversed.Length).Reverse()];
            Array.Reverse(reversed);
            Transpose.Run<T>(elements, reversed, permutation, transposed);
            elements = transposed;
        }
        return new Tensor(header.Element.Type, header.Shape, elements);
    }

    private static Complex[] Complexes(float[] pairs)
    {
        Complex[] numbers = new Complex[pairs.Length / 2];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = new Complex(pairs[2 * i], pairs[2 * i + 1]);
        return numbers;
    }

    private static ReadOnlySpan<float> Floats(ReadOnlySpan<Complex> numbers)
    {
        float[] pairs = new float[2 * numbers.Length];
        for (int i = 0; i < numbers.Length; i++) (pairs[2 * i], pairs[2 * i + 1]) = ((float)numbers[i].Real, (float)numbers[i].Imaginary);
        return pairs;
    }
}
