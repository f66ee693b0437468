using System.Text;
using Google.Protobuf;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Tests.Import;

/// <summary>Makes graphs as TensorFlow writes them.</summary>
internal static class Definitions
{
    public const int Float = (int)DataType.Float32, Int = (int)DataType.Int32, Bool = (int)DataType.Bool, Variant = (int)DataType.Variant;

    public static GraphDef Define(params NodeDef[] nodes)
    {
        GraphDef graph = new();
        graph.Node.AddRange(nodes);
        return graph;
    }

    public static GraphDef With(this GraphDef graph, params FunctionDef[] functions)
    {
        graph.Library = new FunctionDefLibrary();
        graph.Library.Function.AddRange(functions);
        return graph;
    }

    /// <summary>A node; text is "name = operation(input, ^awaited)".</summary>
    public static NodeDef Node(string text, params (string Name, AttrValue Value)[] attributes)
    {
        string[] sides = text.Split(" = "), call = sides[1].TrimEnd(')').Split('(');
        NodeDef node = new() { Name = sides[0], Op = call[0] };
        node.Input.AddRange(call[1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        foreach ((string name, AttrValue value) in attributes) node.Attr.Add(name, value);
        return node;
    }

    public static NodeDef Placeholder(string name, int type, params long[] shape) =>
        Node($"{name} = Placeholder()", ("dtype", Type(type)), ("shape", new AttrValue { Shape = Shape(shape) }));

    public static NodeDef Const(string name, params float[] values) => Const(name, Float, [.. values]);

    public static NodeDef Const(string name, int value, params string[] awaited) => Const(name, Int, [value], awaited);

    public static NodeDef Const(string name, bool value, params string[] awaited) => Const(name, Bool, [value ? 1 : 0], awaited);

    /// <summary>A function; signature is "name(argument:type, ...) -> output=node:out:0, ...".</summary>
    public static FunctionDef Function(string signature, params NodeDef[] nodes)
    {
        string[] sides = signature.Split(" -> "), head = sides[0].TrimEnd(')').Split('(');
        FunctionDef function = new() { Signature = new OpDef { Name = head[0] } };
        foreach (string argument in head[1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            function.Signature.InputArg.Add(new OpDef.Types.ArgDef { Name = argument });
        foreach (string output in sides[1].Split(',', StringSplitOptions.TrimEntries))
        {
            string[] parts = output.Split('=');
            function.Signature.OutputArg.Add(new OpDef.Types.ArgDef { Name = parts[0] });
            function.Ret.Add(parts[0], parts[1]);
        }
        function.NodeDef.AddRange(nodes);
        return function;
    }

    public static AttrValue Type(int type) => new() { Type = type };

    public static AttrValue Number(long number) => new() { I = number };

    public static AttrValue Truth(bool truth) => new() { B = truth };

    public static AttrValue Text(string text) => new() { S = ByteString.CopyFrom(text, Encoding.UTF8) };

    public static AttrValue Calls(string function) => new() { Func = new NameAttrList { Name = function } };

    public static ModelGraph Load(GraphDef graph, params string[] outputs) =>
        GraphImporter.Import(graph, new ImportOptions { Outputs = outputs }, "graph.pb");

    /// <summary>The first output of a graph, which is float.</summary>
    public static float[] Run(ModelGraph graph, params Tensor[] inputs) =>
        ReferenceExecutor.Run(graph, inputs)[0].Elements<float>().ToArray();

    public static Tensor Floats(params float[] values) => Tensor.Of(Compiler.Graph.Shape.Of(values.Length), values);

    public static Tensor Truths(bool value) => new(DataType.Bool, Compiler.Graph.Shape.Scalar, new[] { value });

    public static Tensor Integer(int value) => Tensor.Of(Compiler.Graph.Shape.Scalar, new[] { value });

    private static NodeDef Const(string name, int type, float[] values, params string[] awaited)
    {
        TensorProto tensor = new() { Dtype = type, TensorShape = Shape(values.Length > 1 ? [values.Length] : []) };
        if (type == Float) tensor.FloatVal.AddRange(values);
        else if (type == Int) tensor.IntVal.AddRange(values.Select(value => (int)value));
        else tensor.BoolVal.AddRange(values.Select(value => value != 0));
        return Node($"{name} = Const({string.Join(", ", awaited)})", ("dtype", Type(type)), ("value", new AttrValue { Tensor = tensor }));
    }

    private static TensorShapeProto Shape(long[] dimensions)
    {
        TensorShapeProto shape = new();
        foreach (long size in dimensions) shape.Dim.Add(new TensorShapeProto.Types.Dim { Size = size });
        return shape;
    }
}
