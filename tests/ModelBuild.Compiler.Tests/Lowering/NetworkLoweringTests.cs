using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Quantization;
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

        // Each layer is compared on its own, with the plan's own values as inputs: rounding noise grows over the layers.
        Dictionary<string, Value> images = graph.Activations.Keys.ToDictionary(value => value.Name);
        Dictionary<string, Node> nodes = graph.Graph.Nodes.ToDictionary(node => node.Output.Name);
        Dictionary<Value, Tensor> values = [];
        int compared = 0;
        new PlanExecutor(model.Plan, model.Blob).Run([input], (layer, read) =>
        {
            if (layer.Parameters.FirstOrDefault(parameter => parameter.Name == "output")?.Value is not PlanValue.Buffer { Name: var buffer }) return;
            if (!images.TryGetValue(buffer, out Value? value) || read(buffer) is not { Type: DataType.UInt8 } pixels) return;
            ActivationQuantization quantization = graph.Activations[value];
            byte[] bytes = pixels.Elements<byte>().ToArray();
            values[value] = Tensor.Of(value.Shape, Array.ConvertAll(bytes, q => (q - quantization.ZeroPoint) * quantization.Scale));
            if (!nodes.TryGetValue(buffer, out Node? node) || !node.Inputs.All(x => x.Constant is not null || values.ContainsKey(x))) return;
            float[] expected = (float[])FakeQuantization.Run(graph, node, x => values[x])[0].Data;
            int[] off = [.. expected.Select((real, i) => Math.Abs(quantization.Quantize(real) - bytes[i]))];
            Assert.True(off.Max() <= 1 && off.Count(d => d > 0) <= 0.02 * off.Length, $"{layer.Name} is off by up to {off.Max()}, {off.Count(d => d > 0)} of {off.Length}.");
            compared++;
        });
        Assert.True(compared >= graph.Graph.Nodes.Length * 0.8, $"Only {compared} of {graph.Graph.Nodes.Length} nodes were compared.");
    }

    private static QuantizedGraph Quantize(string name, out Tensor input)
    {
        ModelGraph graph = PassPipeline.Run(GraphImporter.Import(Corpus.Path("models", name, "model.pb"), new ImportOptions()));
        Shape shape = graph.Inputs[0].Shape;
        Tensor sample = Tensor.Of(shape, NpyFile.Read(Corpus.Path("models", name, "in_0.npy")).Elements<float>()[..shape.Count].ToArray());
        input = sample;
        return Quantizer.Static(graph, Calibrator.Measure(graph, 1, _ => [sample], CancellationToken.None), 1, _ => [sample], CancellationToken.None);
    }
}
