using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Tests.Data;
using static ModelBuild.Compiler.Tests.Import.Definitions;

namespace ModelBuild.Compiler.Tests.Import;

/// <summary>Loops in the form of TensorFlow 1 and of functions: written out, or kept with their shapes.</summary>
public sealed class LoopTests
{
    [Fact]
    public void ConstantCountsAreWrittenOut()
    {
        ModelGraph graph = Load(Lowered(Const("n", 3)), "out");
        Assert.Equal(["w/0/twice", "w/1/twice", "w/2/twice"], graph.Nodes.Select(node => node.Name));
        Assert.Equal([8, 16], Run(graph, Floats(1, 2)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 32)]
    public void ComputedCountsStayLoops(int rounds, float factor)
    {
        ModelGraph graph = Load(Lowered(Placeholder("n", Int)), "out");
        While loop = Assert.IsType<While>(Assert.Single(graph.Nodes).Operation);
        // The step is a constant that enters the loop: it stays one, and is no variable.
        Assert.Equal(2, loop.Body.Outputs.Length);
        Assert.Equal("[2]", graph.Outputs[0].Shape.ToString());
        Assert.Equal([factor, 2 * factor],
            Run(graph, [.. graph.Inputs.Select(input => input.Name == "n" ? Integer(rounds) : Floats(1, 2))]));
    }

    [Fact]
    public void ShapesThatARoundChangesAreOpen()
    {
        // Doubles x by concatenation until its sum is great enough; the other variable keeps its shape.
        GraphDef graph = Functional("f(x, y, i) -> a=s:z:0",
            [Const("axis", 0), Node("sum = Sum(x, axis:output:0)"), Const("most", 9f), Node("s = Less(sum:output:0, most:output:0)")],
            "g(x, y, i) -> a=c:output:0, b=d:y:0, c=i", [Const("axis", 0), Node("c = ConcatV2(x, x, axis:output:0)"), Node("d = Neg(y)")]);
        ModelGraph imported = Load(graph, "w", "w:1");
        Assert.Equal(["[?]", "[1]"], imported.Outputs.Select(output => output.Shape.ToString()));
        Assert.Equal([1.5f, 1.5f, 1.5f, 1.5f, 1.5f, 1.5f, 1.5f, 1.5f], Run(imported, [.. imported.Inputs.Select(_ => Floats(1.5f))]));
    }

    [Fact]
    public void VariablesThatNothingReadsAreLeftOut()
    {
        GraphDef graph = Functional("f(x, y, i) -> a=s:z:0", [Const("most", 9f), Node("s = Less(x, most:output:0)")],
            "g(x, y, i) -> a=c:z:0, b=d:y:0, c=i", [Node("c = AddV2(x, x)"), Node("d = Foreign(y)")]);
        graph.Node[0] = Placeholder("x", Float);
        While loop = Assert.IsType<While>(Assert.Single(Load(graph, "w").Nodes).Operation);
        Assert.Single(loop.Body.Outputs);
    }

    [Fact]
    public void LoopsWithoutEndAreNotRunByTheImport()
    {
        GraphDef graph = Lowered(Const("n", 3));
        graph.Node.Single(node => node.Name == "next").Input[0] = "i_body";
        ModelGraph imported = Load(graph, "out");
        Assert.Contains(imported.Nodes, node => node.Operation is While);
    }

    [Fact]
    public void TypesThatARoundChangesAreErrors()
    {
        GraphDef graph = Functional("f(x, y, i) -> a=s:z:0",
            [Const("axis", 0), Node("sum = Sum(x, axis:output:0)"), Const("most", 9f), Node("s = Less(sum:output:0, most:output:0)")],
            "g(x, y, i) -> a=i, b=y, c=i", []);
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(graph, "w"), "Node w", "Float32 before a round and Int32 after");
    }

    [Fact]
    public void NodesInsideOfALoopAreNoOutputs() =>
        Errors.Assert(DiagnosticCode.InvalidGraph, () => Load(Lowered(Const("n", 3)), "twice"), "outside of its loop");

    /// <summary>x is doubled n times.</summary>
    private static GraphDef Lowered(NodeDef n)
    {
        (string, AttrValue) frame = ("frame_name", Text("w/while_context")), constant = ("is_constant", Truth(true));
        return Define(Placeholder("x", Float, 2), n, Const("zero", 0), Const("step", 1),
            Node("i_enter = Enter(zero)", frame), Node("x_enter = Enter(x)", frame), Node("n_enter = Enter(n)", frame, constant),
            Node("step_enter = Enter(step)", frame, constant),
            Node("i = Merge(i_enter, next)"), Node("x_var = Merge(x_enter, x_next)"), Node("less = Less(i, n_enter)"),
            Node("go = LoopCond(less)"),
            Node("i_switch = Switch(i, go)"), Node("x_switch = Switch(x_var, go)"), Node("i_body = Identity(i_switch:1)"),
            Node("count = AddV2(i_body, step_enter)"),
            Node("w/twice = AddV2(x_switch:1, x_switch:1, ^i_body)"), Node("twice = Identity(w/twice)"),
            Node("next = NextIteration(count)"), Node("x_next = NextIteration(w/twice)"),
            Node("i_exit = Exit(i_switch)"), Node("out = Exit(x_switch)"));
    }

    private static GraphDef Functional(string condition, NodeDef[] test, string body, NodeDef[] round) =>
        Define(Placeholder("x", Float, 1), Const("zero", 0),
            Node("w = StatelessWhile(x, x, zero)", ("cond", Calls("f")), ("body", Calls("g"))))
            .With(Function(condition, test), Function(body, round));
}
