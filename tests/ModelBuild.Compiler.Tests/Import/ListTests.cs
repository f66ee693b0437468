using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Tests.Data;
using static ModelBuild.Compiler.Tests.Import.Definitions;

namespace ModelBuild.Compiler.Tests.Import;

/// <summary>Lists: resolved where indices are constants, else executed; elements that are not set, growth, errors.</summary>
public sealed class ListTests
{
    private static readonly (string, AttrValue) Floating = ("element_dtype", Type(Float));

    [Fact]
    public void ConstantIndicesLeaveNoList()
    {
        ModelGraph graph = Load(Define(Placeholder("x", Float, 2), Const("any", -1), Const("n", 3), Const("two", 2),
            Node("r = TensorListReserve(any, n)", Floating),
            Node("s = TensorListSetItem(r, two, x)", Floating), Node("y = TensorListStack(s, any)", Floating),
            Node("l = TensorListLength(s)")), "y", "l");
        Assert.IsType<Pack>(Assert.Single(graph.Nodes).Operation);
        Assert.Equal(3, graph.Outputs[1].Constant!.Elements<int>()[0]);
        // The shape of what is not set is that of the others.
        Assert.Equal([0, 0, 0, 0, 5, 6], Run(graph, Floats(5, 6)));
    }

    [Fact]
    public void TheListOfATensorStacksToThatTensor()
    {
        ModelGraph graph = Load(Define(Placeholder("x", Float, 2, 3), Const("any", -1), Node("l = TensorListFromTensor(x, any)", Floating),
            Node("y = TensorListStack(l, any)", Floating),
            Const("one", 1), Node("z = TensorListGetItem(l, one, any)", Floating)), "y", "z");
        Assert.Same(graph.Inputs[0], graph.Outputs[0]);
        Assert.Equal("[3]", graph.Outputs[1].Shape.ToString());
        Tensor[] input = [Tensor.Of(Shape.Of(2, 3), [1f, 2, 3, 4, 5, 6])];
        Assert.Equal([4, 5, 6], ReferenceExecutor.Run(graph, input)[1].Elements<float>().ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ComputedIndicesAreExecuted(int index)
    {
        ModelGraph graph = Load(Define(Placeholder("x", Float, 2), Placeholder("i", Int), Const("any", -1), Const("n", 3), Const("one", 1),
            Node("r = TensorListReserve(any, n)", Floating),
            Node("s = TensorListSetItem(r, one, x)", Floating), Node("neg = Neg(x)"), Node("t = TensorListSetItem(s, i, neg)", Floating),
            Node("g = TensorListGetItem(t, one, any)", Floating), Node("y = TensorListStack(t, any)", Floating),
            Node("c = TensorListConcatV2(t, any, lengths)", Floating), Const("lengths", 1f)),
            "y", "g");
        Assert.Equal("[2]", graph.Outputs[1].Shape.ToString());
        float[] want = new float[6];
        (want[2], want[3]) = (5, 6);
        (want[2 * index], want[2 * index + 1]) = (-5, -6);
        Assert.Equal(want, Run(graph, [.. graph.Inputs.Select(input => input.Name == "i" ? Integer(index) : Floats(5, 6))]));
        Errors.Assert(DiagnosticCode.InvalidGraph, () =>
            Run(graph, [.. graph.Inputs.Select(input => input.Name == "i" ? Integer(3) : Floats(5, 6))]), "element 3 of a list of 3");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OnlyDynamicArraysGrow(bool grows)
    {
        GraphDef graph = Define(Placeholder("x", Float, 2), Const("n", 1), Const("two", 2),
            Node("a = TensorArrayV3(n)", ("dtype", Type(Float)), ("dynamic_size", Truth(grows))),
            Node("w = TensorArrayWriteV3(a, two, x, a:1)", ("T", Type(Float))), Node("y = TensorArraySizeV3(a, w)"));
        if (grows) Assert.Equal(3, Load(graph, "y").Outputs[0].Constant!.Elements<int>()[0]);
        else Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(graph, "y"), "Node w", "element 2 of a list of 1");
    }

    [Fact]
    public void ListsCutOffForgetWhatWasBehind()
    {
        ModelGraph graph = Load(Define(Placeholder("x", Float, 3), Const("any", -1), Const("one", 1), Const("n", 3),
            Node("l = TensorListFromTensor(x, any)", Floating),
            Node("short = TensorListResize(l, one)"), Node("long = TensorListResize(short, n)"),
            Node("y = TensorListStack(long, any)", Floating)), "y");
        Assert.Equal([1, 0, 0], Run(graph, Floats(1, 2, 3)));
    }

    [Fact]
    public void ElementsOfUnknownShapeThatAreNotSetAreErrors()
    {
        ModelGraph graph = Load(Define(Const("any", -1), Const("one", 1), Node("l = TensorListReserve(any, one)", Floating),
            Node("y = TensorListStack(l, any)", Floating)), "y");
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Run(graph), "not set");
    }

    [Theory]
    [InlineData("y = TensorListStack(x, any)", "is no list")]
    [InlineData("y = TensorListReserve(any, less)", "-1 elements")]
    public void WhatIsNoListIsAnError(string node, string says) => Errors.Assert(DiagnosticCode.InvalidGraph,
        () => Load(Define(Placeholder("x", Float, 2), Const("any", -1), Const("less", -1), Node(node, Floating)), "y"), "Node y", says);
}
