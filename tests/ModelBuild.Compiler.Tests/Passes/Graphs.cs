using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Tests.Passes;

/// <summary>Small graphs of one input, made by a function, before and after all passes.</summary>
internal static class Graphs
{
    /// <summary>A graph whose input x is float32 of a shape.</summary>
    public static ModelGraph Of(int[] shape, Func<GraphBuilder, Value, Value> build)
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(shape));
        return builder.Build([build(builder, x)]);
    }

    /// <summary>Random numbers of -1..1 as a constant.</summary>
    public static Value Random(string name, params int[] shape) => GraphBuilder.Constant(name, RandomTensor(name.Length, shape));

    public static Value Scalar(string name, float value) => GraphBuilder.Constant(name, Tensor.Of(Shape.Scalar, new[] { value }));

    public static Value Integers(string name, params int[] values) => GraphBuilder.Constant(name, Tensor.Of(Shape.Of(values.Length), values));

    /// <summary>The operations that are left after all passes, once it is checked that they give what the graph gave.</summary>
    public static Operation[] Optimised(ModelGraph graph)
    {
        ModelGraph after = PassPipeline.Run(graph);
        Tensor x = RandomTensor(1, graph.Inputs[0].Shape.ToArray());
        ReadOnlySpan<float> expected = ReferenceExecutor.Run(graph, [x])[0].Elements<float>(), actual = ReferenceExecutor.Run(after, [x])[0].Elements<float>();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4f);
        return [.. after.Nodes.Select(node => node.Operation)];
    }

    private static Tensor RandomTensor(int seed, int[] shape)
    {
        Random random = new(seed);
        float[] elements = new float[Shape.Of(shape).Count];
        for (int i = 0; i < elements.Length; i++) elements[i] = random.NextSingle() * 2 - 1;
        return Tensor.Of(Shape.Of(shape), elements);
    }
}
