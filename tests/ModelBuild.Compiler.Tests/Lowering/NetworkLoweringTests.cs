using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>Whole networks of the corpus.</summary>
public class NetworkLoweringTests
{
    [SkippableTheory]
    [InlineData("resnet8_cifar10", 19)]
    [InlineData("cifar_mobilenet", 36)]
    [InlineData("ad01_autoencoder", 11)]
    [InlineData("mobilenet_v1", 35)]
    [InlineData("mobilenet_v2", 70)]
    [InlineData("mobilenet_v3_small", 114)]
    public void Every_layer_is_int8_and_rounds_as_defined(string name, int layers)
    {
        QuantizedGraph graph = Quantize(name, out Tensor input);
        LoweredModel model = Lowerer.Lower(graph, LoweredRun.Header);
        Assert.Equal((layers, 0), (model.LayerCount, model.FloatLayerCount));

        // The text form knows the parameters of these kinds, as long as they are what it knows.
        const string Known = "Convolution|Depthwise|Dense|Add|ScaleChannels|Lookup|MaxPool|GlobalAveragePool|Softmax";
        Assert.DoesNotMatch($"(?m)^kind (({Known})Int8|SplitPhases|QuantizeImage|CopyOut) [a-z*]", PlanWriter.Write(model.Plan));

        // Each layer is compared on its own, with the plan's own values as inputs: rounding noise grows over the layers.
        Dictionary<string, Value> images = graph.Activations.Keys.Where(value => model.Names.ContainsKey(value.Name)).ToDictionary(value => model.Names[value.Name]);
        Dictionary<string, Node> nodes = graph.Graph.Nodes.Where(node => model.Names.ContainsKey(node.Output.Name)).ToDictionary(node => model.Names[node.Output.Name]);
        Dictionary<Value, Tensor> values = [];
        int compared = 0;
        new PlanExecutor(model.Plan, model.Blob).Run([input], (layer, read) =>
        {
            PlanParameter? output = layer.Parameters.FirstOrDefault(parameter => parameter.Name == "output");
            if (output?.Value is not PlanValue.Buffer { Name: var buffer }) return;
            if (!images.TryGetValue(buffer, out Value? value) || read(buffer) is not { Type: DataType.UInt8 } pixels) return;
            ActivationQuantization quantization = graph.Activations[value];
            byte[] bytes = pixels.Elements<byte>().ToArray();
            values[value] = Tensor.Of(value.Shape, Array.ConvertAll(bytes, q => (q - quantization.ZeroPoint - quantization.Offset) * quantization.Scale));
            if (!nodes.TryGetValue(buffer, out Node? node)) return;
            if (node.Inputs.Any(x => x.Constant is null && !values.ContainsKey(x))) return;
            float[] expected = (float[])FakeQuantization.Run(graph, node, x => values[x])[0].Data;
            int[] off = [.. expected.Select((real, i) => Math.Abs(quantization.Quantize(real) - bytes[i]))];
            bool isNear = off.Max() <= 1 && off.Sum() <= 0.02 * off.Length;
            Assert.True(isNear, $"{layer.Name} is off by up to {off.Max()}, {off.Sum()} in all of {off.Length} bytes.");
            compared++;
        });
        Assert.True(compared >= graph.Graph.Nodes.Length * 0.8, $"Only {compared} of {graph.Graph.Nodes.Length} nodes were compared.");
    }

    [SkippableTheory]
    [InlineData("resnet8_cifar10", 25)]
    [InlineData("cifar_mobilenet", 35)]
    [InlineData("mobilenet_v3_small", 5)]
    public void With_ranges_of_the_call_the_result_is_near(string name, double decibels)
    {
        ModelGraph graph = Read(name, out Tensor input);
        LoweredModel model = Lowerer.Lower(Quantizer.Dynamic(graph), LoweredRun.Header);
        Assert.Contains(model.Plan.Layers, layer => layer.Kind == nameof(ConvolutionHybrid));
        float[] expected = (float[])ReferenceExecutor.Run(graph, [input])[0].Data, actual = (float[])LoweredRun.Run(model, [input])[0].Data;
        double signal = expected.Sum(x => (double)x * x), noise = expected.Zip(actual, (x, y) => ((double)x - y) * (x - y)).Sum();
        Assert.True(10 * Math.Log10(signal / noise) >= decibels, $"{10 * Math.Log10(signal / noise)} dB");
    }

    [SkippableTheory]
    [InlineData("mobilenet_v1")]
    [InlineData("mobilenet_v2")]
    [InlineData("mobilenet_v3_small")]
    [InlineData("resnet8_cifar10")]
    public void Working_memory_is_near_what_a_step_needs(string name)
    {
        ModelPlan plan = Lowerer.Lower(Quantize(name, out _), LoweredRun.Header).Plan;
        ArenaBlock[] blocks = [.. plan.Buffers.Select(buffer => Block(plan, buffer))];
        Assert.InRange(plan.ArenaBytes, ArenaPlanner.FullestStep(blocks), ArenaPlanner.FullestStep(blocks) * 1.1);
    }

    private static ArenaBlock Block(ModelPlan plan, PlanBuffer buffer)
    {
        int[] uses = [.. Enumerable.Range(0, plan.Layers.Count).Where(step =>
            plan.Layers[step].Parameters.Any(parameter => parameter.Value is PlanValue.Buffer used && used.Name == buffer.Name))];
        long bytes = buffer.Geometry is { } geometry
            ? (buffer.Shape[3] + 3) / 4 * 4 * geometry.Size
            : buffer.Shape.Aggregate(sizeof(float), (product, dimension) => product * dimension);
        return new ArenaBlock(bytes, uses[0], uses[^1]);
    }

    private static ModelGraph Read(string name, out Tensor input)
    {
        ModelGraph graph = PassPipeline.Run(GraphImporter.Import(Corpus.Path("models", name, "model.pb"), new ImportOptions()));
        Shape shape = graph.Inputs[0].Shape;
        input = Tensor.Of(shape, NpyFile.Read(Corpus.Path("models", name, "in_0.npy")).Elements<float>()[..shape.Count].ToArray());
        return graph;
    }

    private static QuantizedGraph Quantize(string name, out Tensor input)
    {
        ModelGraph graph = Read(name, out input);
        return LoweredRun.Quantize(graph, [input]);
    }
}
