using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Data;

/// <summary>An element type of .npy files.</summary>
/// <param name="Code">NumPy's kind and size in bytes: "f4".</param>
/// <param name="Type">The tensor's type.</param>
/// <param name="Bytes">Size of an element.</param>
/// <param name="Numbers">Numbers in an element, each with its own byte order: 2 for complex ones.</param>
internal sealed record NpyElement(string Code, DataType Type, int Bytes, int Numbers = 1)
{
    /// <summary>All that can be read and written.</summary>
    public static readonly IReadOnlyList<NpyElement> All =
    [
        new("f2", DataType.Float16, 2), new("f4", DataType.Float32, 4), new("f8", DataType.Float64, 8),
        new("i1", DataType.Int8, 1), new("i2", DataType.Int16, 2), new("i4", DataType.Int32, 4), new("i8", DataType.Int64, 8),
        new("u1", DataType.UInt8, 1), new("u2", DataType.UInt16, 2), new("u4", DataType.UInt32, 4), new("u8", DataType.UInt64, 8),
        new("b1", DataType.Bool, 1), new("c8", DataType.Complex64, 8, 2), new("c16", DataType.Complex128, 16, 2),
    ];

    /// <summary>Size of what a change of the byte order reverses.</summary>
    public int NumberBytes => Bytes / Numbers;
}
