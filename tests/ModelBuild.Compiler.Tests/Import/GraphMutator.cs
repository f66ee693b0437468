using Google.Protobuf;
using Google.Protobuf.Collections;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Tests.Import;

/// <summary>Damages graphs: their bytes, or their nodes in a way that is still a graph.</summary>
internal sealed class GraphMutator(Random random)
{
    private static readonly string[] Operations =
    [
        .. OperationTable.Supported.Order(StringComparer.Ordinal),
        "Switch", "Merge", "Enter", "Exit", "NextIteration", "Const", "Placeholder", "Nonsense",
    ];
    private static readonly string[] Texts = ["", "SAME", "VALID", "EXPLICIT", "NCHW", "nonsense"];
    private static readonly int[] Types = [.. Enumerable.Range(0, 25), 101, -1];
    private static readonly long[] Sizes = [0, 1, 2, 3, -1, -2, 255, 1 << 16, int.MaxValue, int.MinValue, 1L << 62];

    /// <summary>The bytes, cut off or with some of them changed.</summary>
    public byte[] Bytes(byte[] graph)
    {
        if (random.Next(4) == 0) return graph[..random.Next(graph.Length)];
        byte[] damaged = [.. graph];
        for (int changes = random.Next(1, 5); changes > 0; changes--) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        return damaged;
    }

    /// <summary>The graph with up to three changes.</summary>
    public GraphDef Nodes(GraphDef graph)
    {
        GraphDef damaged = graph.Clone();
        RepeatedField<NodeDef>[] places = [damaged.Node, .. (damaged.Library?.Function ?? []).Select(function => function.NodeDef)];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            RepeatedField<NodeDef> nodes = Pick(places);
            if (nodes.Count > 0) Change(Pick(nodes), nodes);
        }
        return damaged;
    }

    private void Change(NodeDef node, RepeatedField<NodeDef> nodes)
    {
        switch (random.Next(9))
        {
            case 0: node.Op = Pick(Operations); break;
            case 1 when node.Input.Count > 0: node.Input.RemoveAt(random.Next(node.Input.Count)); break;
            case 2 when node.Input.Count > 0: node.Input.Insert(random.Next(node.Input.Count), Pick(node.Input)); break;
            case 3 when node.Input.Count > 0: node.Input[random.Next(node.Input.Count)] = Reference(Pick(nodes)); break;
            case 4: node.Input.Add(Reference(Pick(nodes))); break;
            case 5: node.Name = Pick(nodes).Name; break;
            case 6 when node.Attr.Count > 0: node.Attr.Remove(Pick(node.Attr).Key); break;
            case 7 when node.Attr.Count > 0: node.Attr[Pick(node.Attr).Key] = Pick(Pick(nodes).Attr).Value ?? new AttrValue(); break;
            default: ChangeValue(node); break;
        }
    }

    private string Reference(NodeDef node) => random.Next(3) switch
    {
        0 => node.Name,
        1 => $"{node.Name}:{random.Next(3)}",
        _ => $"{node.Name}:output:0",
    };

    private void ChangeValue(NodeDef node)
    {
        if (node.Attr.Count == 0) return;
        AttrValue value = Pick(node.Attr).Value;
        switch (value.ValueCase)
        {
            case AttrValue.ValueOneofCase.I: value.I = Pick(Sizes); break;
            case AttrValue.ValueOneofCase.Type: value.Type = Pick(Types); break;
            case AttrValue.ValueOneofCase.B: value.B = !value.B; break;
            case AttrValue.ValueOneofCase.F: value.F = Pick([0, -1, float.NaN, float.MaxValue]); break;
            case AttrValue.ValueOneofCase.S: value.S = ByteString.CopyFromUtf8(Pick(Texts)); break;
            case AttrValue.ValueOneofCase.Shape: ChangeShape(value.Shape); break;
            case AttrValue.ValueOneofCase.Tensor: ChangeTensor(value.Tensor); break;
            case AttrValue.ValueOneofCase.List when value.List.I.Count > 0:
                value.List.I[random.Next(value.List.I.Count)] = Pick(Sizes);
                break;
            case AttrValue.ValueOneofCase.List when value.List.Type.Count > 0: value.List.Type.RemoveAt(0); break;
            case AttrValue.ValueOneofCase.Func: value.Func.Name = random.Next(2) == 0 ? "" : value.Func.Name + "_"; break;
        }
    }

    private void ChangeTensor(TensorProto tensor)
    {
        switch (random.Next(4))
        {
            case 0: tensor.Dtype = Pick(Types); break;
            case 1: tensor.TensorContent = ByteString.CopyFrom(new byte[random.Next(9)]); break;
            case 2 when tensor.IntVal.Count > 0: tensor.IntVal[0] = (int)Math.Clamp(Pick(Sizes), int.MinValue, int.MaxValue); break;
            default: ChangeShape(tensor.TensorShape ??= new TensorShapeProto()); break;
        }
    }

    private void ChangeShape(TensorShapeProto shape)
    {
        switch (random.Next(3))
        {
            case 0: shape.Dim.Add(new TensorShapeProto.Types.Dim { Size = Pick(Sizes) }); break;
            case 1 when shape.Dim.Count > 0: shape.Dim.RemoveAt(0); break;
            case 2 when shape.Dim.Count > 0: Pick(shape.Dim).Size = Pick(Sizes); break;
            default: shape.UnknownRank = !shape.UnknownRank; break;
        }
    }

    private T Pick<T>(IReadOnlyCollection<T> all) => all.Count == 0 ? default! : all.ElementAt(random.Next(all.Count));

    private KeyValuePair<string, AttrValue> Pick(MapField<string, AttrValue> all) =>
        all.Count == 0 ? default : all.OrderBy(entry => entry.Key, StringComparer.Ordinal).ElementAt(random.Next(all.Count));
}
