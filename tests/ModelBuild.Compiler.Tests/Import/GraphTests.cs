using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Tests.Data;
using static ModelBuild.Compiler.Tests.Import.Definitions;

namespace ModelBuild.Compiler.Tests.Import;

/// <summary>How nodes find each other, and what a graph's ends are.</summary>
public sealed class GraphTests
{
    [Fact]
    public void LongChainsAreImported()
    {
        const int Length = 20_000;
        NodeDef[] chain = [.. Enumerable.Range(1, Length).Select(i => Node($"n{i} = Relu(n{i - 1})"))];
        ModelGraph graph = Load(Define([Placeholder("n0", Float, 2), .. chain.Reverse()]), $"n{Length}");
        Assert.Equal(Length, graph.Nodes.Length);
        Assert.Equal([0, 3], Run(graph, Floats(-1, 3)));
    }

    [Fact]
    public void CirclesAreErrors()
    {
        GraphDef graph = Define(Placeholder("x", Float, 2), Node("a = AddV2(x, b)"), Node("b = Relu(a)"), Node("c = Relu(b)"));
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(graph, "c"), "circle", "a");
    }

    [Theory]
    [InlineData("x", "named x")]
    [InlineData("", "no name")]
    public void NamesAreToBeUnique(string name, string says)
    {
        NodeDef relu = Node("y = Relu(x)");
        relu.Name = name;
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(Define(Placeholder("x", Float, 2), relu), "x"), says);
    }

    [Theory]
    [InlineData("y = Relu(nowhere)", "reads nowhere")]
    [InlineData("y = Relu(x:1)", "x:1 does not exist")]
    [InlineData("y = Relu()", "input 0 is missing")]
    [InlineData("y = AddV2(x)", "input 1 is missing")]
    public void MissingInputsAreErrorsThatNameTheNode(string node, string says) =>
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(Define(Placeholder("x", Float, 2), Node(node)), "y"), "Node y", says);

    [Fact]
    public void EverythingUnsupportedIsNamedAtOnce()
    {
        GraphDef graph = Define(Placeholder("x", Float, 2), Node("a = Strange(x)"), Node("b = Odd(a)"), Node("c = Strange(b)"),
            Node("unread = Foreign(x)"));
        ModelBuildException error = Errors.Assert(DiagnosticCode.UnsupportedOperations, () =>
            Load(graph, "c"), "Strange (", "a, fed by x", "c, fed by b", "Odd (b");
        Assert.DoesNotContain("Foreign", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void VariablesMeanThatItIsNotFrozen() => Errors.Assert(DiagnosticCode.NotFrozen,
        () => Load(Define(Placeholder("x", Float, 2), Node("v = VarHandleOp()"), Node("r = ReadVariableOp(v)"), Node("y = Mul(x, r)")),
            "y"), "v (VarHandleOp)", "r (ReadVariableOp)");

    [Fact]
    public void OutputsAreWhatNobodyReadsOrAwaits()
    {
        GraphDef graph = Define(Placeholder("x", Float, 2), Const("true", true), Node("pivot = Switch(true, true)"),
            Node("on = Identity(pivot:1)"),
            Node("y = Relu(x, ^on)"), Node("ordered = NoOp(^y)"), Node("z = Relu6(x, ^on)"));
        Assert.Equal<string>(["z"], GraphImporter.Import(graph, new ImportOptions(), "graph.pb").OutputNames);
    }

    [Fact]
    public void TheLearningPhaseOfKerasIsFalseUnlessFed()
    {
        GraphDef graph = Define(Placeholder("x", Float, 2), Placeholder("keras_learning_phase", Bool),
            Node("s = Switch(x, keras_learning_phase)"),
            Node("train = Relu(s:1)"), Node("infer = Tanh(s)"), Node("y = Merge(train, infer)"));
        Assert.IsType<Unary>(Assert.Single(Load(graph, "y").Nodes).Operation);
        ModelGraph fed = GraphImporter.Import(graph, new ImportOptions { Inputs = ["x", "keras_learning_phase"], Outputs = ["y"] },
            "graph.pb");
        Assert.IsType<Case>(Assert.Single(fed.Nodes).Operation);
    }

    [Fact]
    public void ConstantsOfRepeatedValuesAreBounded()
    {
        NodeDef splat = Const("c", 1f);
        TensorShapeProto shape = splat.Attr["value"].Tensor.TensorShape;
        shape.Dim.Add(new TensorShapeProto.Types.Dim { Size = int.MaxValue });
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(Define(splat, Node("y = Relu(c)")), "y"), "Node c", "memory");
        shape.Dim[0].Size = 1L << 62;
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(Define(splat, Node("y = Relu(c)")), "y"), "Node c");
    }
}
