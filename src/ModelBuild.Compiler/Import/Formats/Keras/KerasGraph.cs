using System.Runtime.InteropServices;
using Google.Protobuf;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Collects the nodes that a Keras model becomes.</summary>
internal sealed class KerasGraph
{
    private readonly List<NodeDef> _nodes = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<NodeDef> Nodes => _nodes;

    /// <summary>Adds a node with one output.</summary>
    public KerasTensor Add(string name, string operation, Shape shape, DataType type, IEnumerable<KerasTensor> inputs,
        params ReadOnlySpan<(string, AttrValue)> attributes)
    {
        NodeDef node = GraphParts.Node(Unique(name), operation, inputs.Select(input => input.Input), attributes);
        _nodes.Add(node);
        return new KerasTensor(node.Name, type, shape);
    }

    /// <summary>Adds an input of the model.</summary>
    public KerasTensor Placeholder(string name, DataType type, Shape shape)
    {
        NodeDef node = GraphParts.Placeholder(Unique(name), type, GraphParts.Shape(shape.ToArray()));
        _nodes.Add(node);
        return new KerasTensor(node.Name, type, shape);
    }

    /// <summary>Adds a float32 or int32 constant.</summary>
    public KerasTensor Constant(string name, Tensor tensor)
    {
        ReadOnlySpan<byte> bytes = tensor.Type == DataType.Int32 ? MemoryMarshal.AsBytes(tensor.Elements<int>())
            : MemoryMarshal.AsBytes(tensor.Elements<float>());
        TensorShapeProto shape = GraphParts.Shape(tensor.Shape.ToArray());
        TensorProto proto = new() { Dtype = (int)tensor.Type, TensorShape = shape, TensorContent = ByteString.CopyFrom(bytes) };
        NodeDef node = GraphParts.Constant(Unique(name), proto);
        _nodes.Add(node);
        return new KerasTensor(node.Name, tensor.Type, tensor.Shape);
    }

    /// <summary>A name that is not taken, with the number that TensorFlow would put behind it.</summary>
    public string Unique(string name)
    {
        name = GraphParts.NodeName(name);
        if (_names.Add(name)) return name;
        for (int number = 1; ; number++)
            if (_names.Add($"{name}_{number}")) return $"{name}_{number}";
    }
}
