using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Tests.Data;
using static ModelBuild.Compiler.Tests.Import.Definitions;

namespace ModelBuild.Compiler.Tests.Import;

/// <summary>Small files that would take all time, memory or stack: each ends at a limit.</summary>
public sealed class LimitTests
{
    [Fact]
    public void FunctionsInsideOfEachOther()
    {
        FunctionDef[] functions = [Function("f0(a) -> r=g:y:0", Node("g = Neg(a)")),
            .. Enumerable.Range(1, 10_000).Select(i => Function($"f{i}(a) -> r=g:r:0", Node($"g = f{i - 1}(a)")))];
        Errors.Assert(DiagnosticCode.InvalidGraph, () =>
            Load(Define(Placeholder("x", Float, 1), Node("y = f10000(x)")).With(functions), "y"), "inside of each other");
        Assert.Single(Load(Define(Placeholder("x", Float, 1), Node("y = f50(x)")).With(functions), "y").Nodes);
    }

    [Theory]
    [InlineData(20, null)]
    [InlineData(5_000, "inside of")]
    public void ConditionsInsideOfEachOther(int depth, string? says)
    {
        // Each lies in the true branch of the one before, with a truth of its own.
        List<NodeDef> nodes = [Placeholder("x", Float, 1), Placeholder("c0", Bool), Node("s0 = Switch(x, c0)"),
            Node("p0 = Switch(c0, c0)")];
        for (int i = 1; i <= depth; i++)
            nodes.AddRange([Node($"c{i} = LogicalNot(p{i - 1}:1)"), Node($"s{i} = Switch(s{i - 1}:1, c{i})"),
                Node($"p{i} = Switch(c{i}, c{i})")]);
        nodes.Add(Node($"m{depth + 1} = Neg(s{depth}:1)"));
        for (int i = depth; i >= 0; i--) nodes.Add(Node($"m{i} = Merge(s{i}, m{i + 1})"));
        GraphDef graph = Define([.. nodes]);
        if (says is not null) Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(graph, "m0"), says);
        else Assert.IsType<Case>(Assert.Single(Load(graph, "m0").Nodes).Operation);
    }

    [Fact]
    public void ConditionsOneAfterTheOther()
    {
        const int Count = 3_000;
        List<NodeDef> nodes = [Placeholder("m0", Float, 1), Placeholder("c", Bool)];
        for (int i = 1; i <= Count; i++)
            nodes.AddRange([Node($"s{i} = Switch(m{i - 1}, c)"), Node($"n{i} = Neg(s{i}:1)"), Node($"m{i} = Merge(s{i}, n{i})")]);
        Assert.Equal(Count, Load(Define([.. nodes]), $"m{Count}").Nodes.Length);
    }

    [Fact]
    public void ConstantsThatDouble()
    {
        NodeDef[] doubled = [Const("d0", 1f, 2f), Const("axis", 0),
            .. Enumerable.Range(1, 28).Select(i => Node($"d{i} = ConcatV2(d{i - 1}, d{i - 1}, axis)"))];
        ModelGraph graph = Load(Define(doubled), "d28");
        Assert.Equal(1 << 29, graph.Outputs[0].Shape[0]);
        Assert.NotEmpty(graph.Nodes);
        NodeDef[] more = [.. doubled, Node("d29 = ConcatV2(d28, d28, axis)"), Node("d30 = ConcatV2(d29, d29, axis)"),
            Node("d31 = ConcatV2(d30, d30, axis)")];
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(Define(more), "d31"), "Node d");
    }

    [Fact]
    public void ProductsOfConstants()
    {
        NodeDef matrix = Const("m0", 0.001f);
        TensorShapeProto.Types.Dim size = new() { Size = 1500 };
        matrix.Attr["value"].Tensor.TensorShape = new TensorShapeProto { Dim = { size, size } };
        ModelGraph graph = Load(Define([matrix, .. Enumerable.Range(1, 2_000).Select(i => Node($"m{i} = MatMul(m{i - 1}, m0)"))]), "m2000");
        Assert.Equal(2_000, graph.Nodes.Length);
    }

    [Fact]
    public void ListsWithoutEnd()
    {
        (string, AttrValue) type = ("element_dtype", Type(Float));
        GraphDef graph = Define(Const("any", -1), Const("n", int.MaxValue), Node("l = TensorListReserve(any, n)", type),
            Node("y = TensorListStack(l, any)", type));
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Run(Load(graph, "y")), "not possible");
    }
}
