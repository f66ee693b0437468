using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Tests.Data;
using static ModelBuild.Compiler.Tests.Import.Definitions;

namespace ModelBuild.Compiler.Tests.Import;

/// <summary>Calls of library functions: names of outputs, attributes of the caller, what recursion does.</summary>
public sealed class FunctionTests
{
    [Fact]
    public void OutputsAreFoundByName()
    {
        // The second output of Switch, the only one of a list, and a function's own second output.
        FunctionDef two = Function("two(a) -> first=r:activations:0, second=n:y:0", Node("r = Relu(a)"), Node("n = Neg(a)"));
        FunctionDef all = Function("all(x) -> y=sum:z:0", Const("on", true), Node("s = Switch(x, on:output:0)"),
            Node("i = IdentityN(s:output_true:0, x)"),
            Node("t = two(i:output:0)"), Node("sum = AddV2(t:second:0, i:output:1)"));
        ModelGraph graph = Load(Define(Placeholder("x", Float, 2), Node("y = PartitionedCall(x)", ("f", Calls("all")))).With(two, all),
            "y");
        Assert.Equal([0, 0], Run(graph, Floats(-1, 3)));
        // What is not read is not imported, and names tell where nodes come from.
        Assert.Equal(["y/t/n", "y/sum"], graph.Nodes.Select(node => node.Name));
    }

    [Fact]
    public void ListsOfArgumentsAndOutputsHaveTheLengthsOfTheCall()
    {
        FunctionDef function = Function("f(a) -> all=n:output", Node("n = IdentityN(a)", ("T", new AttrValue { Placeholder = "T" })));
        function.Signature.InputArg[0].TypeListAttr = function.Signature.OutputArg[0].TypeListAttr = "T";
        AttrValue types = new() { List = new() };
        types.List.Type.AddRange([Float, Float]);
        GraphDef graph = Define(Placeholder("x", Float, 2), Node("r = Relu(x)"), Node("call = f(x, r)", ("T", types)),
            Node("y = Sub(call:1, call:0)")).With(function);
        Assert.Equal([1, 0], Run(Load(graph, "y"), Floats(-1, 3)));
    }

    [Fact]
    public void AttributesOfTheCallerReplacePlaceholders()
    {
        NodeDef leaky = Node("l = LeakyRelu(a)", ("alpha", new AttrValue { Placeholder = "slope" }));
        GraphDef graph = Define(Placeholder("x", Float, 1), Node("p = f(x)", ("slope", new AttrValue { F = 0.5f })),
            Node("q = f(x)", ("slope", new AttrValue { F = 3f })),
            Node("y = AddV2(p, q)")).With(Function("f(a) -> r=l:activations:0", leaky));
        Assert.Equal([-7], Run(Load(graph, "y"), Floats(-2)));
    }

    [Fact]
    public void RecursionIsAnError()
    {
        FunctionDef function = Function("f(a) -> r=g:r:0", Node("g = f(a)"));
        Errors.Assert(DiagnosticCode.InvalidGraph, () =>
            Load(Define(Placeholder("x", Float, 1), Node("y = f(x)")).With(function), "y"), "f calls itself");
    }

    [Fact]
    public void CallsThatDoubleWithoutEndAreAnError()
    {
        FunctionDef[] functions = [Function("f0(a) -> r=g:y:0", Node("g = Neg(a)")),
            .. Enumerable.Range(1, 40)
                .Select(i => Function($"f{i}(a) -> r=h:r:0", Node($"g = f{i - 1}(a)"), Node($"h = f{i - 1}(g:r:0)")))];
        Errors.Assert(DiagnosticCode.InvalidGraph, () =>
            Load(Define(Placeholder("x", Float, 1), Node("y = f40(x)")).With(functions), "y"), "more than");
    }

    [Theory]
    [InlineData("r=g:y:0", "g = Neg(b)", "b is read")]
    [InlineData("r=h:y:0", "g = Neg(a)", "h:y:0 is read")]
    [InlineData("r=g:r:1", "g = PartitionedCall(a)", "attribute f")]
    public void FunctionsThatContradictThemselvesAreErrors(string output, string node, string says) => Errors.Assert(
        DiagnosticCode.InvalidGraph,
        () => Load(Define(Placeholder("x", Float, 1), Node("y = f(x)")).With(Function($"f(a) -> {output}", Node(node))), "y"), says);

    [Fact]
    public void CallsWithOtherArgumentsThanTheFunctionsAreErrors() => Errors.Assert(DiagnosticCode.InvalidGraph,
        () => Load(Define(Placeholder("x", Float, 1), Node("y = f(x, x)")).With(Function("f(a) -> r=g:y:0", Node("g = Neg(a)"))), "y"),
            "Node y", "takes 1 arguments, but gets 2");

    [Fact]
    public void ChoiceByNumberTakesTheLastBranchForOthers()
    {
        AttrValue branches = new() { List = new() };
        branches.List.Func.AddRange(new[] { "f", "g" }.Select(name => new NameAttrList { Name = name }));
        FunctionDef[] functions = [Function("f(a) -> r=n:y:0", Node("n = Neg(a)")), Function("g(a) -> r=n:y:0", Node("n = Relu(a)"))];
        GraphDef graph = Define(Placeholder("x", Float, 1), Placeholder("k", Int), Node("y = StatelessCase(k, x)", ("branches", branches)))
            .With(functions);
        ModelGraph imported = Load(graph, "y");
        Assert.IsType<Case>(Assert.Single(imported.Nodes).Operation);
        int[] numbers = [0, 1, 2, -1];
        Assert.Equal([2f, 0, 0, 0], numbers.Select(number => Run(imported, InOrder(imported, number, -2))[0]));
    }

    private static Tensor[] InOrder(ModelGraph graph, int k, float x) =>
        [.. graph.Inputs.Select(input => input.Name == "k" ? Integer(k) : Floats(x))];
}
