using System.Text;

namespace ModelBuild.Package.Tests;

/// <summary>
/// Writes small graphs in protobuf's wire format (https://protobuf.dev/programming-guides/encoding/), with the field numbers of
/// TensorFlow's graph.proto, node_def.proto, attr_value.proto, tensor_shape.proto and saved_model.proto.
/// </summary>
internal static class GraphFile
{
    private const int Float32 = 1, Varint = 0, Delimited = 2;

    /// <summary>A GraphDef of nodes made by <see cref="Node"/> and <see cref="Placeholder"/>.</summary>
    public static byte[] Graph(params byte[][] nodes) => [.. nodes.SelectMany(node => Field(1, node))];

    /// <summary>A node of attribute T=float.</summary>
    public static byte[] Node(string name, string operation, params string[] inputs) =>
        [.. Field(1, name), .. Field(2, operation), .. inputs.SelectMany(input => Field(3, input)), .. Attribute("T", Number(6, Float32))];

    /// <summary>A float placeholder.</summary>
    public static byte[] Placeholder(string name, params int[] shape)
    {
        byte[] dimensions = [.. shape.SelectMany(size => Field(2, Number(1, size)))];
        return [.. Field(1, name), .. Field(2, "Placeholder"), .. Attribute("dtype", Number(6, Float32)), .. Attribute("shape", Field(7, dimensions))];
    }

    /// <summary>A variable as Keras leaves it: a resource handle that is read.</summary>
    public static byte[] Variable(string name) => [.. Field(1, name), .. Field(2, "VarHandleOp"), .. Attribute("dtype", Number(6, Float32))];

    /// <summary>A SavedModel around a GraphDef.</summary>
    public static byte[] SavedModel(byte[] graph) => [.. Number(1, 1), .. Field(2, Field(2, graph))];

    private static byte[] Attribute(string key, byte[] value) => Field(5, [.. Field(1, key), .. Field(2, value)]);

    private static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] content) => [(byte)(number << 3 | Delimited), .. Base128(content.Length), .. content];

    private static byte[] Number(int field, int value) => [(byte)(field << 3 | Varint), .. Base128(value)];

    private static IEnumerable<byte> Base128(int value)
    {
        for (; value >= 0x80; value >>= 7) yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
