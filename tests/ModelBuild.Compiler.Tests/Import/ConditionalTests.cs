using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Tests.Data;
using static ModelBuild.Compiler.Tests.Import.Definitions;

namespace ModelBuild.Compiler.Tests.Import;

/// <summary>
/// Switch and Merge: constant and computed conditions, branches that only wait for their condition, what is decided together.
/// </summary>
public sealed class ConditionalTests
{
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void ConstantTakesABranchAndTheOtherIsNeverLookedAt(bool condition, int number)
    {
        string taken = condition ? "Relu" : "Foreign", other = condition ? "Foreign" : "Relu";
        GraphDef graph = Define(Placeholder("x", Float, 2), Const("c", condition), Node("s = Switch(x, c)"), Node($"t = {taken}(s:1)"),
            Node($"f = {other}(s)"), Node("m = Merge(t, f)"));
        ModelGraph imported = Load(graph, "m", "m:1");
        Assert.Equal("Relu", ((Unary)Assert.Single(imported.Nodes).Operation).Function.ToString());
        Assert.Equal(number, imported.Outputs[1].Constant!.Elements<int>()[0]);
    }

    [Theory]
    [InlineData(true, 7, 0)]
    [InlineData(false, 5, 1)]
    public void BranchesOfConstantsOnlyWaitForTheirSide(bool condition, int value, int number)
    {
        GraphDef graph = Define(Placeholder("c", Bool), Node("s = Switch(c, c)"), Node("on = Identity(s:1)"), Node("off = Identity(s)"),
            Const("t", 7, "^on"), Const("f", 5, "^off"), Node("m = Merge(t, f)"));
        IReadOnlyList<Tensor> results = ReferenceExecutor.Run(Load(graph, "m", "m:1"), [Truths(condition)]);
        Assert.Equal((value, number), (results[0].Elements<int>()[0], results[1].Elements<int>()[0]));
    }

    [Fact]
    public void OneConditionDecidesAllResultsThatDoNotDependOnEachOther()
    {
        // m and n are decided together; k reads m and is decided after them, by the same condition under another name.
        GraphDef graph = Define(Placeholder("x", Float, 1), Placeholder("c", Bool), Node("id = Identity(c)"), Node("s = Switch(x, c)"),
            Node("p = Neg(s:1)"), Node("q = Relu(s:1)"),
            Node("m = Merge(s, p)"), Node("n = Merge(q, s)"), Node("s2 = Switch(m, id)"), Node("r = AddV2(s2:1, s2:1)"),
            Node("k = Merge(s2, r)"), Node("y = AddV2(n, k)"));
        ModelGraph imported = Load(graph, "y");
        Assert.Equal(2, imported.Nodes.Count(node => node.Operation is Case));
        Assert.Equal(2, imported.Nodes.First(node => node.Operation is Case).Outputs.Length);
        Assert.Equal([-3 + -3], Run(imported, InOrder(imported, false, -3)));
        Assert.Equal([0 + 6], Run(imported, InOrder(imported, true, -3)));
    }

    [Fact]
    public void ConditionsLieInsideOfEachOther()
    {
        GraphDef graph = Define(Placeholder("x", Float, 1), Placeholder("c", Bool), Node("xs = Switch(x, c)"),
            Node("zero = Sub(xs:1, xs:1)"), Node("positive = Greater(xs:1, zero)"),
            Node("inner = Switch(xs:1, positive)"), Node("a = Square(inner:1)"), Node("b = Neg(inner)"), Node("im = Merge(a, b)"),
            Node("y = Merge(im, xs)"));
        // The selector of the inner one has the shape of x, as TensorFlow's If allows but its Switch does not; so make it a truth.
        graph.Node[4] = Node("positive = Reshape(g, form)");
        graph.Node.Add(Node("g = Greater(xs:1, zero)"));
        graph.Node.Add(Node("form = Shape(c)"));
        ModelGraph imported = Load(graph, "y");
        Assert.Equal([9], Run(imported, InOrder(imported, true, 3)));
        Assert.Equal([2], Run(imported, InOrder(imported, true, -2)));
        Assert.Equal([-2], Run(imported, InOrder(imported, false, -2)));
    }

    [Fact]
    public void WhatIsOnlyThereSometimesIsAnError()
    {
        GraphDef graph = Define(Placeholder("x", Float, 1), Placeholder("c", Bool), Node("s = Switch(x, c)"), Node("y = Relu(s:1)"),
            Node("m = Merge(y, x)"));
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(graph, "y"), "Node s");
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(graph, "m"), "Node m");
        GraphDef constant = Define(Placeholder("x", Float, 1), Const("c", false), Node("s = Switch(x, c)"), Node("y = Relu(s:1)"));
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(constant, "y"), "never computed");
    }

    [Fact]
    public void ShapesOfBranchesThatDifferAreOpen()
    {
        GraphDef graph = Define(Placeholder("x", Float, 2), Placeholder("c", Bool), Node("s = Switch(x, c)"), Const("axis", 0),
            Node("t = ConcatV2(s:1, s:1, axis)"), Node("y = Merge(s, t)"));
        ModelGraph imported = Load(graph, "y");
        Assert.Equal("[?]", imported.Outputs[0].Shape.ToString());
        Assert.Equal([1, 2, 1, 2], Run(imported, [.. imported.Inputs.Select(input => input.Name == "c" ? Truths(true) : Floats(1, 2))]));
    }

    private static Tensor[] InOrder(ModelGraph graph, bool c, float x) =>
        [.. graph.Inputs.Select(input => input.Name == "c" ? Truths(c) : Floats(x))];
}
