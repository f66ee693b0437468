using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Reconstruction;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>Precisions of models and of single layers: the plan has the layers that are wanted and computes what rounding by definition gives.</summary>
public class PrecisionLoweringTests
{
    [Theory]
    [InlineData("Static+Int8")]
    [InlineData("Static+Int4")]
    [InlineData("Static+Int4/4")]
    [InlineData("Static+Palette3")]
    [InlineData("Static+Binary")]
    [InlineData("Int16+Int8")]
    [InlineData("Int16+Int4/4")]
    [InlineData("Float")]
    [InlineData("Float+Int4")]
    [InlineData("Float+Int4/4")]
    [InlineData("Float+Palette2")]
    [InlineData("Dynamic+Int4/4")]
    public void Every_precision_computes_what_it_says(string precision)
    {
        Int8LoweringTests.Graph graph = new();
        Value x = graph.Residual(graph.Convolution(graph.X, 3, 8, Padding.Same), 8);
        x = graph.Add(new DepthwiseConvolution((2, 2), (1, 1), Padding.Same, new Clamp(0, 6)), x, graph.Weights(3, 3, 8, 1));
        Value output = graph.Dense(graph.Add(new Reduce(ReduceKind.Mean, false), graph.Convolution(x, 1, 12, Padding.Valid), graph.Ints(1, 2)), 5);
        LoweredModel model = Check(graph.Build(output), PrecisionPlan.All(LayerPrecision.Int8.Parse(precision)!.Value));
        if (precision.StartsWith("Int16", StringComparison.Ordinal))
        {
            Assert.Equal(
                "QuantizeInt16 ConvolutionInt16 ConvolutionInt16 DenseInt16 AddInt16 DepthwiseInt16 DenseInt16 DequantizeInt16 "
                    + "GlobalAveragePoolFloat QuantizeInt16 DenseInt16 DequantizeInt16",
                Kinds(model));
        }
    }

    [Fact]
    public void Layers_of_different_precisions_stand_side_by_side()
    {
        Int8LoweringTests.Graph graph = new();
        Value first = graph.Convolution(graph.X, 3, 8, Padding.Same), second = graph.Convolution(first, 3, 8, Padding.Same);
        Value third = graph.Convolution(second, 1, 8, Padding.Valid), sum = graph.Add(new Binary(BinaryKind.Add), second, third);
        Value fourth = graph.Convolution(sum, 1, 4, Padding.Valid), last = graph.Relu(graph.Convolution(fourth, 1, 4, Padding.Valid));
        ModelGraph model = graph.Build(last, first);
        // Names are the operations', so that layers are told apart by their numbers.
        string[] names = [.. model.Nodes.Select(node => node.Name)];
        Assert.Equal(6, names.Length - 1);
        PrecisionPlan plan = PrecisionPlan.Of(model, LayerPrecision.Int8,
        [
            new LayerPattern(names[1], "Float"), new LayerPattern(names[2], "Int16"), new LayerPattern(names[4], "Dynamic+Int4"), new LayerPattern(names[5], "Float16"),
        ]);
        LoweredModel lowered = Check(model, plan);
        Assert.Equal(
            "ConvolutionInt8 Dequantize ConvolutionFloat QuantizeInt16 DenseInt16 Quantize DequantizeInt16 Quantize AddInt8 Dequantize "
                + "QuantizeRange ConvolutionHybrid ConvolutionFloat Quantize LookupInt8 Dequantize",
            Kinds(lowered));
    }

    [Fact]
    public void Signs_are_what_convolutions_and_dense_layers_take_and_nothing_else()
    {
        Int8LoweringTests.Graph graph = new();
        Value x = graph.Relu(graph.Convolution(graph.X, 3, 12, Padding.Same));
        x = graph.Add(new DepthwiseConvolution((1, 1), (1, 1), Padding.Same, new Clamp(0, 6)), x, graph.Weights(3, 3, 12, 1));
        Value output = graph.Dense(graph.Add(new Reduce(ReduceKind.Mean, false), graph.Convolution(x, 1, 20, Padding.Valid), graph.Ints(1, 2)), 5);
        ModelGraph model = graph.Build(output);
        LoweredModel lowered = Check(model, PrecisionPlan.Of(model, LayerPrecision.None, [new LayerPattern("*", "Xnor")]));
        Assert.Equal(
            "PackSigns ConvolutionBinary UnaryFloat DepthwiseFloat PackSigns ConvolutionBinary GlobalAveragePoolFloat PackSigns ConvolutionBinary",
            Kinds(lowered));
    }

    [Fact]
    public void Signs_stand_among_bytes()
    {
        Int8LoweringTests.Graph graph = new();
        Value first = graph.Convolution(graph.X, 3, 8, Padding.Same), second = graph.Convolution(first, 3, 8, Padding.Same);
        ModelGraph model = graph.Build(graph.Convolution(graph.Add(new Binary(BinaryKind.Add), first, second), 1, 6, Padding.Valid));
        string[] names = [.. model.Nodes.Select(node => node.Name)];
        LoweredModel lowered = Check(model, PrecisionPlan.Of(model, LayerPrecision.Int8, [new LayerPattern(names[1], "Xnor")]));
        Assert.Equal("ConvolutionInt8 Dequantize PackSigns ConvolutionBinary Quantize AddInt8 ConvolutionInt8 Dequantize", Kinds(lowered));
    }

    [Fact]
    public void Where_nothing_takes_signs_is_an_error()
    {
        Int8LoweringTests.Graph graph = new();
        ModelGraph model = graph.Build(graph.Add(new DepthwiseConvolution((1, 1), (1, 1), Padding.Same, Clamp.None), graph.X, graph.Weights(3, 3, 6, 1)));
        ModelBuildException error = Assert.Throws<ModelBuildException>(() =>
            PrecisionPlan.Of(model, LayerPrecision.Int8, [new LayerPattern("*", "Xnor")]));
        Assert.Equal(DiagnosticCode.UnknownOption, error.Code);
        Assert.Contains("neither a convolution without groups", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Xnor", "Xnor+Binary")]
    [InlineData("Binary+Xnor", "Xnor+Binary")]
    [InlineData("xnor+binary", "Xnor+Binary")]
    [InlineData("Xnor+Int4", null)]
    [InlineData("Palette2+Xnor", null)]
    public void Signs_go_with_signs(string text, string? expected)
    {
        Assert.Equal(expected, LayerPrecision.Int8.Parse(text)?.ToString());
        Assert.Equal(expected, LayerPrecision.None.Parse(text)?.ToString());
    }

    private static LoweredModel Check(ModelGraph graph, PrecisionPlan precisions)
    {
        Tensor[] inputs = LoweredRun.Inputs(graph, 3);
        IReadOnlyDictionary<Value, ValueRange> ranges = Ranges.Of(graph, inputs);
        CalibrationSamples samples = new(1, _ => inputs);
        IReadOnlyDictionary<Node, OutputCurvature> curvatures = CurvatureMeasurement.Measure(graph, samples, CancellationToken.None);
        QuantizedGraph quantized = Quantizer.Static(graph, precisions, ranges, samples, curvatures, null, CancellationToken.None);
        LoweredModel model = Lowerer.Lower(quantized, LoweredRun.Header);
        IReadOnlyList<Tensor> expected = FakeQuantization.Run(quantized, inputs), actual = LoweredRun.Run(model, inputs);
        for (int output = 0; output < expected.Count; output++)
        {
            float[] wanted = (float[])expected[output].Data, got = (float[])actual[output].Data;
            double scale = quantized.Activations.TryGetValue(graph.Outputs[output], out ActivationQuantization quantization)
                ? 3.01 * quantization.Scale : 0.01 * wanted.Max(Math.Abs);
            for (int i = 0; i < wanted.Length; i++)
                Assert.True(Math.Abs(wanted[i] - got[i]) <= scale, $"Output {output}[{i}] of {Kinds(model)} is {got[i]} instead of {wanted[i]}.");
        }
        return model;
    }

    private static string Kinds(LoweredModel model) =>
        string.Join(" ", model.Plan.Layers.Where(layer => layer.Role == PlanRole.Inner).Select(layer => layer.Kind));
}
