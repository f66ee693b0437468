using System.Runtime.InteropServices;
using Google.Protobuf;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;
using static ModelBuild.Compiler.Tests.Import.Definitions;

namespace ModelBuild.Compiler.Tests.Formats;

/// <summary>SavedModels of forms that the digits do not have.</summary>
public sealed class SavedModelTests : IDisposable
{
    private const int Resource = (int)DataType.Resource;

    private readonly string _folder = Directory.CreateTempSubdirectory("modelbuild-").FullName;

    private static readonly NodeDef X = Placeholder("x", Float, 2);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Variables_of_TensorFlow_1_are_restored_by_the_graph_itself()
    {
        NodeDef[] nodes =
        [
            X, Variable("v"), Node("v/read = Identity(v)", ("T", Type(Float))), Node("y = Mul(x, v/read)", ("T", Type(Float))),
            .. Restore(("v", "saved_as_w", "")),
        ];
        Write(nodes, Signature("x", "y"), ("saved_as_w", [2, 3]));
        Assert.Equal([10, 30], Run(Import(), Floats(5, 10)));
    }

    [Fact]
    public void Parts_of_a_partitioned_variable_are_found()
    {
        NodeDef[] nodes =
        [
            X, Variable("v/part_0"), Variable("v/part_1"), Node("v/sum = AddV2(v/part_0, v/part_1)", ("T", Type(Float))),
                Node("y = AddV2(x, v/sum)", ("T", Type(Float))),
            .. Restore(("v/part_0", "v", "4 0,2"), ("v/part_1", "v", "4 2,2")),
        ];
        BundleEntryProto whole = new() { Dtype = Float, Shape = GraphParts.Shape(4) };
        whole.Slices.Add([new TensorSliceProto(), new TensorSliceProto()]);
        (string, float[])[] parts = [(SliceKey.Of("v", "4 0,2"), [1, 2]), (SliceKey.Of("v", "4 2,2"), [30, 40])];
        Write(nodes, Signature("x", "y"), parts, new Dictionary<string, BundleEntryProto> { ["v"] = whole });
        Assert.Equal([131, 242], Run(Import(), Floats(100, 200)));
    }

    /// <summary>Keys as TensorFlow encodes them: 0, "v", one axis, start 0 and length 2; and numbers of several bytes.</summary>
    [Fact]
    public void Keys_of_parts_are_those_of_TensorFlow()
    {
        Assert.Equal("\0v\0\u0001\u0001\u0001\u0080\u0082", SliceKey.Of("v", "4 0,2"));
        Assert.Equal("\0v\0\u0001\u0001\u0002\u0080\u007F\u00C0\u0040\u00C3\u00E8", SliceKey.Of("v", "2000 1064 -:64,1000"));
    }

    [Fact]
    public void A_loop_gets_values_in_place_of_variables()
    {
        AttrValue types = Types(Float, Int, Resource);
        FunctionDef condition =
            Function("condition(x, i, r) -> go=less:z:0", Const("three", 3), Node("less = Less(i, three:output:0)", ("T", Type(Int))));
        FunctionDef body = Function("body(x, i, r) -> x_out=sum:z:0, i_out=next:z:0, r_out=r",
            Const("one", 1), Node("next = AddV2(i, one:output:0)", ("T", Type(Int))),
            Node("value = ReadVariableOp(r)", ("dtype", Type(Float))), Node("sum = AddV2(x, value:value:0)", ("T", Type(Float))));
        FunctionDef serve = Function("serve(x, r) -> y=loop:output:0",
            Const("zero", 0), Node("loop = While(x, zero:output:0, r)", ("T", types), ("cond", Calls("condition")),
                ("body", Calls("body"))));
        Declare(serve, Float, Resource);
        Declare(body, Float, Int, Resource);
        Declare(condition, Float, Int, Resource);
        NodeDef[] nodes = [X, Handle("v"),
            Node("call = StatefulPartitionedCall(x, v)", ("Tin", Types(Float, Resource)), ("Tout", Types(Float)), ("f", Calls("serve")))];
        Write(nodes, Signature("x", "call"), [("v", [1, 10])], null, serve, body, condition);
        Assert.Equal([3, 30], Run(Import(), Floats(0, 0)));
    }

    [Fact]
    public void Rows_are_taken_from_a_variable()
    {
        NodeDef[] nodes = [Placeholder("x", Int, 3), Handle("v"),
            Node("y = ResourceGather(v, x)", ("dtype", Type(Float)), ("Tindices", Type(Int)))];
        Write(nodes, Signature("x", "y"), ("v", [7, 8, 9]));
        Assert.Equal([9, 7, 9], Run(Import(), Tensor.Of(Shape.Of(3), [2, 0, 2])));
    }

    [Fact]
    public void Objects_are_followed_where_the_graph_restores_nothing()
    {
        MetaGraphDef model =
            Model([X, Handle("v"), Node("w = ReadVariableOp(v)", ("dtype", Type(Float))), Node("y = Mul(x, w)", ("T", Type(Float)))],
                Signature("x", "y"));
        model.ObjectGraphDef = new SavedObjectGraph
        {
            Nodes = { new SavedObject { Children = { new ObjectReference { NodeId = 1, LocalName = "kernel" } } },
                new SavedObject { Variable = new SavedVariable { Name = "v" } } },
        };
        TrackableObjectGraph.Types.TrackableObject.Types.SerializedTensor value =
            new() { Name = "VARIABLE_VALUE", CheckpointKey = "kernel/.ATTRIBUTES/VARIABLE_VALUE" };
        TrackableObjectGraph tracked = new();
        tracked.Nodes.Add(new TrackableObjectGraph.Types.TrackableObject { Children = { new ObjectReference { NodeId = 2,
            LocalName = "kernel" } } });
        tracked.Nodes.Add(new TrackableObjectGraph.Types.TrackableObject());
        tracked.Nodes.Add(new TrackableObjectGraph.Types.TrackableObject { Attributes = { value } });
        TensorProto text = new() { Dtype = (int)DataType.String, TensorShape = new TensorShapeProto(),
            TensorContent = tracked.ToByteString() };
        Write(model, new Dictionary<string, TensorProto> { ["_CHECKPOINTABLE_OBJECT_GRAPH"] = text,
            [value.CheckpointKey] = Values([4, 5]) });
        Assert.Equal([4, 10], Run(Import(), Floats(1, 2)));
    }

    [Fact]
    public void A_model_that_keeps_state_is_refused()
    {
        FunctionDef count = Function("count(x, r) -> y=sum:z:0",
            Node("before = ReadVariableOp(r)", ("dtype", Type(Float))), Node("sum = AddV2(x, before:value:0)", ("T", Type(Float))),
            Node("assign = AssignVariableOp(r, sum:z:0)", ("dtype", Type(Float))));
        Declare(count, Float, Resource);
        NodeDef[] nodes = [X, Handle("v"),
            Node("call = StatefulPartitionedCall(x, v)", ("Tin", Types(Float, Resource)), ("Tout", Types(Float)), ("f", Calls("count")))];
        Write(nodes, Signature("x", "call"), [("v", [1, 10])], null, count);
        AssertFails(DiagnosticCode.NotFrozen, "keeps state");
    }

    [Fact]
    public void One_of_several_signatures_must_be_named()
    {
        MetaGraphDef model =
            Model([X, Node("double = AddV2(x, x)", ("T", Type(Float))), Node("square = Mul(x, x)", ("T", Type(Float)))],
                Signature("x", "double"), "first");
        model.SignatureDef["second"] = Signature("x", "square");
        Write(model, new Dictionary<string, TensorProto>());
        AssertFails(DiagnosticCode.AmbiguousPorts, "first (x -> result), second (x -> result)");
        ModelGraph graph = GraphImporter.Import(_folder, new ImportOptions { Signature = "second" });
        Assert.Equal([9, 16], Run(graph, Floats(3, 4)));
        Assert.Equal("result", Assert.Single(graph.OutputNames));
    }

    [Theory]
    [InlineData(1, 0, DiagnosticCode.WrongFormat, "big-endian")]
    [InlineData(0, 1, DiagnosticCode.UnsupportedAttribute, "Snappy")]
    [InlineData(0, 7, DiagnosticCode.Truncated, "compression")]
    public void Foreign_checkpoints_are_refused(int endianness, byte compression, DiagnosticCode code, string says)
    {
        NodeDef[] nodes = [X, Handle("v"), Node("w = ReadVariableOp(v)", ("dtype", Type(Float))),
            Node("y = Mul(x, w)", ("T", Type(Float)))];
        Write(nodes, Signature("x", "y"), ("v", [1, 2]));
        CheckpointWriter.Write(Path.Combine(_folder, "variables", "variables"),
            new Dictionary<string, TensorProto> { ["v"] = Values([1, 2]) }, endianness, compression);
        AssertFails(code, says);
    }

    [Fact]
    public void Variables_that_were_not_saved_are_named()
    {
        Write([X, Handle("lost"), Node("w = ReadVariableOp(lost)", ("dtype", Type(Float))), Node("y = Mul(x, w)", ("T", Type(Float)))],
            Signature("x", "y"), ("other", [1]));
        AssertFails(DiagnosticCode.NotFrozen, "lost");
    }

    private ModelGraph Import() => GraphImporter.Import(_folder, new ImportOptions());

    private void AssertFails(DiagnosticCode code, string says)
    {
        ModelBuildException error = Assert.Throws<ModelBuildException>(Import);
        Assert.Equal(code, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.File);
    }

    private void Write(NodeDef[] nodes, SignatureDef signature, params (string Name, float[] Values)[] variables) =>
        Write(nodes, signature, variables, null);

    private void Write(
        NodeDef[] nodes, SignatureDef signature, (string Name, float[] Values)[] variables, Dictionary<string, BundleEntryProto>? slices,
            params FunctionDef[] functions)
    {
        MetaGraphDef model = Model(nodes, signature);
        if (functions.Length > 0) model.GraphDef.With(functions);
        Write(model, variables.ToDictionary(variable => variable.Name, variable => Values(variable.Values)), slices);
    }

    private void Write(MetaGraphDef model, Dictionary<string, TensorProto> tensors, Dictionary<string, BundleEntryProto>? slices = null)
    {
        File.WriteAllBytes(Path.Combine(_folder, "saved_model.pb"),
            new SavedModel { SavedModelSchemaVersion = 1, MetaGraphs = { model } }.ToByteArray());
        Directory.CreateDirectory(Path.Combine(_folder, "variables"));
        CheckpointWriter.Write(Path.Combine(_folder, "variables", "variables"), tensors, slices: slices);
    }

    private static MetaGraphDef Model(NodeDef[] nodes, SignatureDef signature, string name = "serving_default") => new()
    {
        MetaInfoDef = new MetaGraphDef.Types.MetaInfoDef { Tags = { "serve" } },
        GraphDef = Define(nodes),
        SignatureDef = { [name] = signature },
    };

    private static SignatureDef Signature(string input, string output) => new()
    {
        Inputs = { ["x"] = new TensorInfo { Name = input + ":0", Dtype = Float } },
        Outputs = { ["result"] = new TensorInfo { Name = output + ":0", Dtype = Float } },
    };

    private static NodeDef Variable(string name) =>
        Node($"{name} = VariableV2()", ("dtype", Type(Float)), ("shape", new AttrValue { Shape = GraphParts.Shape(2) }));

    private static NodeDef Handle(string name) =>
        Node($"{name} = VarHandleOp()", ("dtype", Type(Float)), ("shape", new AttrValue { Shape = GraphParts.Shape(2) }),
            ("shared_name", Text(name)));

    /// <summary>What a Saver of TensorFlow 1 adds to the graph.</summary>
    private static IEnumerable<NodeDef> Restore(params (string Variable, string Key, string Slice)[] variables)
    {
        yield return Strings("save/names", variables.Select(variable => variable.Key));
        yield return Strings("save/slices", variables.Select(variable => variable.Slice));
        yield return Strings("save/prefix", ["model"]);
        yield return Node("save/restore = RestoreV2(save/prefix, save/names, save/slices)");
        for (int i = 0; i < variables.Length; i++)
            yield return Node($"save/assign_{i} = Assign({variables[i].Variable}, save/restore{(i > 0 ? $":{i}" : "")})",
                ("T", Type(Float)));
    }

    private static NodeDef Strings(string name, IEnumerable<string> texts)
    {
        TensorProto tensor = new() { Dtype = (int)DataType.String, TensorShape = GraphParts.Shape(texts.Count()) };
        tensor.StringVal.AddRange(texts.Select(ByteString.CopyFromUtf8));
        return Node($"{name} = Const()", ("dtype", Type((int)DataType.String)), ("value", new AttrValue { Tensor = tensor }));
    }

    private static TensorProto Values(float[] values) =>
        new() { Dtype = Float, TensorShape = GraphParts.Shape(values.Length),
            TensorContent = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)) };

    private static AttrValue Types(params int[] types)
    {
        AttrValue value = new() { List = new AttrValue.Types.ListValue() };
        value.List.Type.AddRange(types);
        return value;
    }

    private static void Declare(FunctionDef function, params int[] types)
    {
        for (int i = 0; i < types.Length; i++) function.Signature.InputArg[i].Type = types[i];
    }
}
