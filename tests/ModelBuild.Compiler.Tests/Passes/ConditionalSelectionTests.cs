using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Tests.Passes;

/// <summary>Conditions become selections, unless a branch could fail that is not to be taken.</summary>
public sealed class ConditionalSelectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TruthsSelect(bool condition)
    {
        // Inside of the true branch lies another condition.
        ModelGraph inner = Branches(DataType.Bool, (b, x) => b.Add("n", new Unary(UnaryKind.Negate), x), (b, x) =>
            b.Add("r", new Unary(UnaryKind.Relu), x));
        ModelGraph graph = Branches(DataType.Bool, (_, x) => x, (b, x, c) => b.Add("inner", inner.Nodes[0].Operation, c, x));
        ModelGraph after = ConditionalSelection.Run(graph);
        Assert.Equal(2, after.Nodes.Count(node => node.Operation is Select));
        Assert.DoesNotContain(after.Nodes, node => node.Operation is Case);
        AssertSame(graph, after, new Tensor(DataType.Bool, Shape.Scalar, new[] { condition }));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NumbersSelectAndOthersTakeTheLast(int number)
    {
        ModelGraph graph = Branches(DataType.Int32, (_, x) => x, (b, x) => b.Add("n", new Unary(UnaryKind.Negate), x), (b, x) =>
            b.Add("r", new Unary(UnaryKind.Relu), x));
        ModelGraph after = ConditionalSelection.Run(graph);
        Assert.DoesNotContain(after.Nodes, node => node.Operation is Case);
        AssertSame(graph, after, Tensor.Of(Shape.Scalar, new[] { number }));
    }

    [Fact]
    public void BranchesThatMayFailAreKept()
    {
        ModelGraph graph = Branches(DataType.Bool, (_, x) => x, (b, x) =>
            b.Add("g", new Gather(0, 0), x, b.Add("i", new Cast(DataType.Int32), x)));
        Assert.IsType<Case>(Assert.Single(ConditionalSelection.Run(graph).Nodes).Operation);
    }

    private static ModelGraph Branches(DataType selector, params Func<GraphBuilder, Value, Value>[] branches) =>
        Branches(selector, [.. branches.Select<Func<GraphBuilder, Value, Value>, Func<GraphBuilder, Value, Value,
            Value>>(branch => (b, x, _) => branch(b, x))]);

    private static ModelGraph Branches(DataType selector, Func<GraphBuilder, Value, Value> no, Func<GraphBuilder, Value, Value,
        Value> yes) =>
        Branches(selector, [(b, x, _) => no(b, x), yes]);

    /// <summary>x, as a graph of a selector and x has it.</summary>
    private static ModelGraph Branches(DataType selector, Func<GraphBuilder, Value, Value, Value>[] branches)
    {
        GraphBuilder builder = new();
        Value s = builder.Input("s", selector, Shape.Scalar), x = builder.Input("x", DataType.Float32, Shape.Of(2));
        Case choice = new([.. branches.Select(branch =>
        {
            GraphBuilder inside = new();
            Value inner = inside.Input("x", DataType.Float32, Shape.Of(2)), outer = inside.Input("s", selector, Shape.Scalar);
            return inside.Build([branch(inside, inner, outer)]);
        })]);
        return builder.Build([builder.Add("y", choice, s, x, s)]);
    }

    private static void AssertSame(ModelGraph before, ModelGraph after, Tensor selector)
    {
        Tensor[] inputs = [selector, Tensor.Of(Shape.Of(2), [-1.5f, 2])];
        Assert.Equal(ReferenceExecutor.Run(before, inputs)[0].Elements<float>().ToArray(),
            ReferenceExecutor.Run(after, inputs)[0].Elements<float>().ToArray());
    }
}
