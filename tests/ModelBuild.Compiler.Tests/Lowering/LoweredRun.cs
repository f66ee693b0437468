using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Reference;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>Lowers graphs in the three modes, runs the plans, and compares with what the graph computes by definition.</summary>
internal static class LoweredRun
{
    public static readonly PlanHeader Header = new()
    {
        Source = "test.pb", ClassName = "Test", Namespace = "", Access = "public", Resource = "test",
    };

    /// <summary>Compares all outputs of the float plan with the reference executor.</summary>
    public static LoweredModel Float(ModelGraph graph, int seed = 1, float tolerance = 1e-4f)
    {
        LoweredModel model = Lowerer.Lower(QuantizedGraph.Float(graph), Header);
        Tensor[] inputs = Inputs(graph, seed);
        Compare(ReferenceExecutor.Run(graph, inputs), Run(model, inputs), expected => tolerance * Math.Max(1, Greatest(expected)));
        return model;
    }

    /// <summary>Compares all outputs of the int8 plan with <see cref="FakeQuantization"/>.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="seed">Of the inputs.</param>
    /// <param name="steps">How many steps of an output's scale it may be off, as sums in float and in integers differ.</param>
    public static LoweredModel Static(ModelGraph graph, int seed = 1, int steps = 1)
    {
        Tensor[] inputs = Inputs(graph, seed);
        return Static(Quantize(graph, inputs), inputs, steps);
    }

    /// <summary>The graph in int8 with the ranges of one sample, its weights rounded to the nearest.</summary>
    public static QuantizedGraph Quantize(ModelGraph graph, Tensor[] inputs)
    {
        IReadOnlyDictionary<Value, ActivationQuantization> activations =
            ActivationQuantizer.Quantize(graph, Ranges.Of(graph, inputs));
        Dictionary<Node, QuantizedWeights> weights = [];
        foreach (Node node in graph.Nodes)
        {
            float inputScale = activations.GetValueOrDefault(node.Inputs[0]).Scale;
            float outputScale = activations.GetValueOrDefault(node.Outputs[0]).Scale;
            if (WeightQuantizer.Quantize(node, inputScale, outputScale) is { } quantized) weights.Add(node, quantized);
        }
        return new QuantizedGraph(graph, weights, activations);
    }

    /// <inheritdoc cref="Static(ModelGraph, int, int)"/>
    public static LoweredModel Static(QuantizedGraph quantized, Tensor[] inputs, int steps)
    {
        LoweredModel model = Lowerer.Lower(quantized, Header);
        IReadOnlyList<Tensor> expected = FakeQuantization.Run(quantized, inputs), actual = Run(model, inputs);
        for (int i = 0; i < expected.Count; i++)
        {
            bool isImage = quantized.Activations.TryGetValue(quantized.Graph.Outputs[i], out ActivationQuantization quantization);
            Compare([expected[i]], [actual[i]], _ => (steps + 0.01f) * (isImage ? quantization.Scale : 1e-2f));
        }
        return model;
    }

    /// <summary>Compares all outputs of the plan with ranges of the call with the reference executor.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="seed">Of the inputs.</param>
    /// <param name="tolerance">Share of an output's greatest element that others may be off.</param>
    public static LoweredModel Dynamic(ModelGraph graph, int seed = 1, float tolerance = 0.02f)
    {
        Tensor[] inputs = Inputs(graph, seed);
        LoweredModel model = Lowerer.Lower(Quantizer.Dynamic(graph), Header);
        Compare(ReferenceExecutor.Run(graph, inputs), Run(model, inputs), expected => tolerance * Math.Max(1, Greatest(expected)));
        return model;
    }

    /// <summary>Runs a plan after it went through its text form.</summary>
    public static Tensor[] Run(LoweredModel model, IReadOnlyList<Tensor> inputs) =>
        new PlanExecutor(PlanReader.Read(PlanWriter.Write(model.Plan)), model.Blob).Run(inputs);

    /// <summary>Random inputs: floats of -1..1, integers of 0..9.</summary>
    public static Tensor[] Inputs(ModelGraph graph, int seed)
    {
        Random random = new(seed);
        return [.. graph.Inputs.Select(input => input.Type switch
        {
            DataType.Float32 => Random(random, input.Shape.ToArray()),
            DataType.Int32 => Tensor.Of(input.Shape, [.. Enumerable.Range(0, input.Shape.Count).Select(_ => random.Next(10))]),
            _ => throw new ArgumentOutOfRangeException(nameof(graph)),
        })];
    }

    /// <summary>Random numbers of -1..1.</summary>
    public static Tensor Random(Random random, params int[] shape)
    {
        float[] values = new float[Shape.Of(shape).Count];
        for (int i = 0; i < values.Length; i++) values[i] = random.NextSingle() * 2 - 1;
        return Tensor.Of(Shape.Of(shape), values);
    }

    private static float Greatest(Tensor tensor) => tensor.Data is float[] values ? values.Select(Math.Abs).DefaultIfEmpty().Max() : 1;

    private static void Compare(IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> actual, Func<Tensor, float> tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].ToString(), actual[i].ToString());
            if (expected[i].Type != DataType.Float32)
            {
                Assert.Equal(expected[i].Data, actual[i].Data);
                continue;
            }
            ReadOnlySpan<float> left = expected[i].Elements<float>(), right = actual[i].Elements<float>();
            float limit = tolerance(expected[i]);
            for (int j = 0; j < left.Length; j++)
            {
                bool isNear = left[j].Equals(right[j]) || Math.Abs(left[j] - right[j]) <= limit;
                Assert.True(isNear, $"Output {i}[{j}] is {right[j]} instead of {left[j]} +- {limit}.");
            }
        }
    }
}
