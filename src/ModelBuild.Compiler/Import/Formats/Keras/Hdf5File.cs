using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using PureHDF;
using PureHDF.VOL.Native;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>What Keras puts into HDF5 files: texts in attributes, and arrays of numbers.</summary>
internal sealed class Hdf5File : IDisposable
{
    // Deflate makes at most so much of a byte (https://zlib.net/zlib_tech.html); more is a damaged size.
    private const long MostExpansion = 1032;

    private readonly NativeFile _file;
    private readonly long _length;
    private readonly string _path;

    /// <exception cref="ModelBuildException">The content is damaged.</exception>
    public Hdf5File(byte[] bytes, string path)
    {
        (_length, _path) = (bytes.Length, path);
        if (Length(bytes) > (ulong)bytes.Length)
            throw ByteReader.Damaged(path, $"it should have {Length(bytes)} bytes and has {bytes.Length}");
        _file = Guard(() => H5File.Open(new MemoryStream(bytes)));
    }

    /// <summary>The group of a path, or null; "" is the whole file.</summary>
    public IH5Group? Group(string path) =>
        Guard(() => path.Length == 0 ? _file : _file.LinkExists(path) && _file.Get(path) is IH5Group group ? group : null);

    /// <summary>A group in a group, or null.</summary>
    public IH5Group? Group(IH5Group parent, string path) =>
        Guard(() => parent.LinkExists(path) && parent.Get(path) is IH5Group group ? group : null);

    /// <summary>The array of a path in a group, or null.</summary>
    public IH5Dataset? Dataset(IH5Group parent, string path) =>
        Guard(() => parent.LinkExists(path) && parent.Get(path) is IH5Dataset dataset ? dataset : null);

    /// <summary>A text, or null.</summary>
    public string? Text(IH5Group group, string name) => Texts(group, name) is [var text] ? text : null;

    /// <summary>A list of texts; those too long for one attribute are continued in NAME0, NAME1, ... Null where there is none.</summary>
    public IReadOnlyList<string>? TextList(IH5Group group, string name)
    {
        if (Texts(group, name) is { } whole) return whole;
        List<string> all = [];
        int part = 0;
        for (; Texts(group, name + part.ToString(CultureInfo.InvariantCulture)) is { } texts; part++) all.AddRange(texts);
        return part > 0 ? all : null;
    }

    /// <summary>The elements of an array as float32.</summary>
    public Tensor Read(IH5Dataset dataset, string name) => Guard(() =>
    {
        Shape shape = Shape.Of([.. dataset.Space.Dimensions.Select(size => checked((int)size))]);
        Inference.Product(shape.Dimensions);
        if ((long)shape.Count * dataset.Type.Size > _length * MostExpansion)
            throw new InvalidDataException($"{name} cannot have the size {shape}");
        float[] elements = (dataset.Type.Class, dataset.Type.Size) switch
        {
            (H5DataTypeClass.FloatingPoint, sizeof(float)) => dataset.Read<float[]>(),
            (H5DataTypeClass.FloatingPoint, sizeof(double)) => Array.ConvertAll(dataset.Read<double[]>(), value => (float)value),
            (H5DataTypeClass.FloatingPoint, 2) => Array.ConvertAll(dataset.Read<Half[]>(), value => (float)value),
            (H5DataTypeClass.FixedPoint, sizeof(int)) => Array.ConvertAll(dataset.Read<int[]>(), value => (float)value),
            (H5DataTypeClass.FixedPoint, sizeof(long)) => Array.ConvertAll(dataset.Read<long[]>(), value => (float)value),
            // bfloat16, for which HDF5 has no type: the upper half of a float32.
            (H5DataTypeClass.Opaque, 2) =>
                [.. MemoryMarshal.Cast<byte, ushort>(dataset.Read<byte[]>()).ToArray().Select(bits =>
                    BitConverter.UInt32BitsToSingle((uint)bits << 16))],
            var (kind, size) => throw new ModelBuildException(DiagnosticCode.UnsupportedAttribute,
                $"The variable {name} has the type {kind} of {size} bytes, which is not supported.", _path),
        };
        return Tensor.Of(shape, elements);
    });

    public void Dispose() => _file.Dispose();

    /// <summary>
    /// How long the file is by its own superblock (https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html), or 0 where it is
    /// of no usual form.
    /// </summary>
    private static ulong Length(ReadOnlySpan<byte> bytes)
    {
        const int VersionAt = 8, MostHeader = 64;
        if (bytes.Length < MostHeader) return MostHeader;
        (int sizeAt, int lengthAt) = bytes[VersionAt] switch { 0 => (13, 40), 1 => (13, 44), _ => (9, 28) };
        return bytes[sizeAt] == sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[lengthAt..]) : 0;
    }

    private IReadOnlyList<string>? Texts(IH5Group group, string name) => Guard(() =>
    {
        if (!group.AttributeExists(name)) return null;
        IH5Attribute attribute = group.Attribute(name);
        // An empty list has no element type of its own, and is written as one of numbers.
        if (attribute.Type.Class is not (H5DataTypeClass.String or H5DataTypeClass.VariableLength)) return (IReadOnlyList<string>)[];
        string[] texts = attribute.Space.Type == H5DataspaceType.Scalar ? [attribute.Read<string>()]
            : attribute.Space.Dimensions.Contains(0ul) ? [] : attribute.Read<string[]>();
        return texts.Contains(null) ? throw new InvalidDataException($"{name} refers to no text") : texts;
    });

    /// <summary>Whatever the library throws means that the file contradicts itself.</summary>
    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not ModelBuildException)
        {
            throw ByteReader.Damaged(_path, $"its HDF5 structure cannot be read ({error.Message.ReplaceLineEndings(" ").TrimEnd('.')})",
                error);
        }
    }
}
