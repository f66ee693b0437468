using System.Collections;
using System.Numerics;
using System.Runtime.InteropServices;
using Google.Protobuf;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Tests.Operations;

/// <summary>A graph of one TensorFlow node, imported and executed by the reference executor; attributes in the initialiser.</summary>
internal sealed class OneNode(string operation) : IEnumerable
{
    private readonly NodeDef _node = new() { Name = "node", Op = operation };

    public void Add(string attribute, AttrValue value) => _node.Attr.Add(attribute, value);

    public void Add(string attribute, bool value) => Add(attribute, new AttrValue { B = value });

    public void Add(string attribute, long value) => Add(attribute, new AttrValue { I = value });

    public void Add(string attribute, float value) => Add(attribute, new AttrValue { F = value });

    public void Add(string attribute, string value) => Add(attribute, new AttrValue { S = ByteString.CopyFromUtf8(value) });

    public void Add(string attribute, DataType value) => Add(attribute, new AttrValue { Type = (int)value });

    public void Add(string attribute, long[] values) => Add(attribute, new AttrValue { List = new() { I = { values } } });

    IEnumerator IEnumerable.GetEnumerator() => _node.Attr.GetEnumerator();

    /// <summary>The first output for constant inputs: computed while the graph is imported.</summary>
    public Tensor Run(params Tensor[] inputs) => Outputs(1, 0, inputs)[0];

    /// <summary>
    /// The first output where the first inputs are fed and their dimensions open, the others constant; checked to have the shape that was
    /// inferred, as far as it was.
    /// </summary>
    public Tensor Feed(int fed, params Tensor[] inputs) => Outputs(1, fed, inputs)[0];

    /// <summary>The first outputs, where the first inputs are fed and their dimensions open.</summary>
    public IReadOnlyList<Tensor> Outputs(int count, int fed, params Tensor[] inputs)
    {
        ModelGraph graph = Import(count, fed, inputs);
        IReadOnlyList<Tensor> outputs = ReferenceExecutor.Run(
            graph, [.. graph.Inputs.Select(input => inputs[int.Parse(input.Name[1..], null)])]);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(graph.Outputs[i].Type, outputs[i].Type);
            if (graph.Outputs[i].Shape.HasRank) Inference.Merge(graph.Outputs[i].Shape, outputs[i].Shape, "inferred and actual shape");
        }
        return outputs;
    }

    /// <summary>The imported graph: inputs are named i0, i1, ...</summary>
    public ModelGraph Import(int count, int fed, params Tensor[] inputs)
    {
        GraphDef graph = new();
        NodeDef node = _node.Clone();
        for (int i = 0; i < inputs.Length; i++)
        {
            graph.Node.Add(i < fed ? Placeholder($"i{i}", inputs[i]) : Constant($"i{i}", inputs[i]));
            node.Input.Add($"i{i}");
        }
        graph.Node.Add(node);
        string[] outputs = [.. Enumerable.Range(0, count).Select(i => $"node:{i}")];
        return GraphImporter.Import(graph, new ImportOptions { Outputs = outputs, InputShape = (_, shape) => shape }, "test.pb");
    }

    private static NodeDef Placeholder(string name, Tensor like)
    {
        TensorShapeProto shape = new();
        for (int axis = 0; axis < like.Shape.Rank; axis++) shape.Dim.Add(new TensorShapeProto.Types.Dim { Size = -1 });
        AttrValue type = new() { Type = (int)like.Type };
        return new NodeDef { Name = name, Op = "Placeholder", Attr = { ["dtype"] = type, ["shape"] = new AttrValue { Shape = shape } } };
    }

    private static NodeDef Constant(string name, Tensor tensor)
    {
        TensorProto proto = new() { Dtype = (int)tensor.Type, TensorShape = new() };
        foreach (int size in tensor.Shape.Dimensions) proto.TensorShape.Dim.Add(new TensorShapeProto.Types.Dim { Size = size });
        if (tensor.Data is byte[][] texts) proto.StringVal.Add(texts.Select(text => ByteString.CopyFrom(text)));
        else if (tensor.Data is Complex[] numbers) proto.ScomplexVal.Add(numbers.SelectMany(x => new[] { (float)x.Real, (float)x.Imaginary }));
        else proto.TensorContent = ByteString.CopyFrom(Bytes(tensor.Data));
        return new NodeDef { Name = name, Op = "Const", Attr = { ["value"] = new AttrValue { Tensor = proto } } };
    }

    private static byte[] Bytes(Array data)
    {
        if (data is Half[] halves) return MemoryMarshal.AsBytes<Half>(halves).ToArray();
        if (data is BFloat16[] brains) return MemoryMarshal.AsBytes<BFloat16>(brains).ToArray();
        byte[] bytes = new byte[Buffer.ByteLength(data)];
        Buffer.BlockCopy(data, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
