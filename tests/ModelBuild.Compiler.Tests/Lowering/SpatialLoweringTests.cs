using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using Values = ModelBuild.Compiler.Tests.Lowering.FloatLoweringTests.Graph;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>Windows, images, detection and sound: the plan computes what the reference executor does.</summary>
public class SpatialLoweringTests
{
    public static TheoryData<string> Names => [.. Operations.Keys];

    /// <summary>What is made of x [1,5,6,4], y [1,5,6,4], v [4], b [2,5,6,4], n int32 [3,4].</summary>
    private static readonly Dictionary<string, Func<Values, Value>> Operations = new()
    {
        ["convolution with computed weights, bias and activation"] = g =>
            g.Add(
                new Convolution((1, 2), (1, 1), Padding.Same, new Clamp(0, 1)), g.B,
                g.Add(new Reshape(), g.Add(new Slice(), g.X, Ints(0, 0, 0, 0), Ints(1, 3, 3, 4)), Ints(3, 3, 4, 1)), Floats(0.25f)),
        ["convolution of double"] = g =>
            g.Single(g.Add(new Convolution((2, 1), (1, 1), Padding.Valid, Clamp.None), g.Double(g.B), g.Double(g.Weights(2, 3, 2, 6)))),
        ["convolution of integers"] = g =>
            g.Add(
                new Convolution((1, 1), (1, 1), Padding.Same, Clamp.None), g.Add(new Reshape(), g.N, Ints(1, 3, 2, 2)),
                Value.Of("kernel", Tensor.Of(Shape.Of(1, 2, 2, 1), [1, -2, 3, 4]))),
        ["depthwise convolution of double with computed weights"] = g =>
            g.Single(g.Add(
                new DepthwiseConvolution((1, 1), (2, 1), Padding.Same, Clamp.None), g.Double(g.B),
                g.Double(g.Add(new Reshape(), g.Add(new Slice(), g.X, Ints(0, 0, 0, 0), Ints(1, 1, 4, 4)), Ints(1, 2, 4, 2))))),
        ["convolution of a volume"] = g =>
            g.Add(
                new Convolution3D((1, 2, 1), (1, 1, 1), Padding.Same), g.Add(new Reshape(), g.X, Ints(1, 5, 2, 3, 4)), g.Weights(3, 2, 2, 4, 3)),
        ["transposed convolution"] = g =>
            g.Add(
                new TransposedConvolution((2, 3), (1, 1), Padding.Same), g.B, g.Weights(3, 4, 5, 4), Ints(2, 9, 17, 5)),
        ["grouped transposed convolution with padding"] = g =>
            g.Add(
                new TransposedConvolution((2, 2), (1, 1), Padding.Explicit((1, 0), (1, 1))), g.X, g.Weights(3, 3, 3, 4), Ints(1, 10, 11, 6)),
        ["transposed convolution of a volume of half"] = g =>
            g.Single(g.Add(
                new TransposedConvolution3D((1, 2, 2), (1, 1, 1), Padding.Valid), g.Half(g.Add(new Reshape(), g.X, Ints(1, 5, 2, 3, 4))),
                g.Half(g.Weights(1, 2, 2, 2, 4)), Ints(1, 5, 4, 6, 2))),
        ["max pool of a volume"] = g =>
            g.Add(new Pool3D(PoolKind.Max, (2, 2, 2), (2, 1, 1), Padding.Same), g.Add(new Reshape(), g.B, Ints(1, 10, 2, 3, 4))),
        ["average pool of a volume of bfloat16"] = g =>
            g.Single(g.Add(
                new Pool3D(PoolKind.Average, (2, 2, 2), (2, 1, 1), Padding.Same),
                g.Add(new Cast(DataType.BFloat16), g.Add(new Reshape(), g.B, Ints(1, 10, 2, 3, 4))))),
        ["max pool of integers"] = g =>
            g.Add(new Pool(PoolKind.Max, (2, 2), (1, 1), Padding.Same), g.Add(new Reshape(), g.N, Ints(1, 3, 2, 2))),
        ["average pool of double with padding"] = g =>
            g.Single(g.Add(new Pool(PoolKind.Average, (3, 3), (2, 2), Padding.Explicit((1, 1), (2, 0))), g.Double(g.X))),
        ["max pool with a window outside"] = g =>
            g.Add(new Pool(PoolKind.Max, (2, 2), (2, 2), Padding.Explicit((2, 0), (0, 0))), g.X),
        ["local response"] = g => g.Add(new LocalResponse(1, 1, 0.5f, 0.75f), g.B),
        ["batch norm of double"] = g =>
            g.Single(g.Add(
                new BatchNorm(1e-3f), g.Double(g.X), g.Double(g.V), g.Double(g.V), g.Double(Floats(1, 2, 3, 4)), g.Double(Floats(1, 2, 3, 4)))),
        ["nearest resize of integers"] = g =>
            g.Add(new Resize(ResizeKind.Nearest, false, true), g.Add(new Reshape(), g.N, Ints(1, 3, 2, 2)), Ints(5, 3)),
        ["bilinear resize of integers"] = g =>
            g.Add(new Resize(ResizeKind.Bilinear, true, false), g.Add(new Reshape(), g.N, Ints(1, 3, 2, 2)), Ints(5, 3)),
        ["bicubic resize of half"] = g => g.Add(new Resize(ResizeKind.Bicubic, false, true), g.Half(g.B), Ints(7, 4)),
        ["area resize of bfloat16"] = g =>
            g.Add(new Resize(ResizeKind.Area, false, false), g.Add(new Cast(DataType.BFloat16), g.B), Ints(3, 4)),
        ["scaling with a kernel"] = g =>
            g.Add(new ScaleAndTranslate("Lanczos3", true), g.B, Ints(3, 7), Floats(0.5f, 1.25f), Floats(0.1f, -0.5f)),
        ["boxes of the call cut out"] = g =>
            g.Add(
                new CropAndResize(false, 3), g.B, g.Add(new Reshape(), g.V, Ints(1, 4)), Ints(1), Ints(3, 2)),
        ["patches"] = g => g.Add(new ImagePatches((2, 2), (2, 1), (1, 2), Padding.Same), g.B),
        ["colours"] = g => g.Add(new ConvertColor(false), g.Add(new ConvertColor(true), g.Colors())),
        ["hue"] = g => g.Add(new AdjustColor(true), g.Colors(), Scalar(0.2f)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Plan_computes_what_the_reference_does(string name)
    {
        Values graph = new();
        LoweredRun.Float(graph.Build(Operations[name](graph)), tolerance: 1e-5f);
    }

    [Fact]
    public void Maxima_have_their_positions()
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(2, 5, 6, 3));
        MaxPoolArgmax pool = new((2, 3), (2, 2), Padding.Same, true, DataType.Int64);
        LoweredModel model = LoweredRun.Float(builder.Build(builder.AddAll("pool", pool, [x])));
        Assert.Equal(["float", "long"], model.Plan.Outputs.Select(output => output.Type));
    }

    [Fact]
    public void Suppression_fills_up_with_zeros()
    {
        GraphBuilder builder = new();
        Value boxes = builder.Input("boxes", DataType.Float32, Shape.Of(12, 4));
        Value scores = builder.Input("scores", DataType.Float32, Shape.Of(12));
        IReadOnlyList<Value> results = builder.AddAll(
            "select", new NonMaxSuppression(true, false), [boxes, scores, Scalar(8), Scalar(0.3f), Scalar(0.1f), Scalar(0.4f)]);
        LoweredModel model = LoweredRun.Float(builder.Build(results));
        Assert.Equal(["int", "float", "int"], model.Plan.Outputs.Select(output => output.Type));
    }

    [Fact]
    public void Suppression_of_all_classes_is_image_by_image()
    {
        GraphBuilder builder = new();
        Value boxes = builder.Input("boxes", DataType.Float32, Shape.Of(2, 9, 1, 4));
        Value scores = builder.Input("scores", DataType.Float32, Shape.Of(2, 9, 3));
        IReadOnlyList<Value> results = builder.AddAll(
            "select", new CombinedNonMaxSuppression(false, true), [boxes, scores, Scalar(3), Scalar(5), Scalar(0.4f), Scalar(0f)]);
        LoweredRun.Float(builder.Build(results));
    }

    [Fact]
    public void What_selects_by_the_data_and_reads_files_is_told()
    {
        GraphBuilder builder = new();
        Value boxes = builder.Input("boxes", DataType.Float32, Shape.Of(12, 4));
        Value scores = builder.Input("scores", DataType.Float32, Shape.Of(12));
        Value file = builder.Input("file", DataType.String, Shape.Scalar);
        IReadOnlyList<Value> results = builder.AddAll(
            "select", new NonMaxSuppression(false, false), [boxes, scores, Scalar(8), Scalar(0.3f), Scalar(0.1f), Scalar(0f)]);
        Value picture = builder.Add("decode", new DecodeImage(3, DataType.UInt8, FrameMode.One), file);
        ModelBuildException error = Assert.Throws<ModelBuildException>(
            () => Lowerer.Lower(QuantizedGraph.Float(builder.Build([results[0], picture])), LoweredRun.Header));
        Assert.Equal(DiagnosticCode.UnsupportedOperations, error.Code);
        Assert.Contains("select (NonMaxSuppression: how many boxes it selects depends on the data", error.Message);
        Assert.Contains("decode (DecodeImage: files are decoded by the caller; with Inputs set to this node", error.Message);
    }

    [Fact]
    public void Sound_becomes_coefficients_of_the_rate_of_the_call()
    {
        GraphBuilder builder = new();
        Value sound = builder.Input("sound", DataType.Float32, Shape.Of(400, 2)), rate = builder.Input("rate", DataType.Int32, Shape.Scalar);
        Value spectrogram = builder.Add("spectrogram", new Spectrogram(100, 40, true), sound);
        ModelGraph graph = builder.Build([builder.Add("mfcc", new Mfcc(12, 6, 20, 3000), spectrogram, rate)]);
        LoweredModel model = Lowerer.Lower(QuantizedGraph.Float(graph), LoweredRun.Header);
        Tensor samples = LoweredRun.Random(new Random(1), 400, 2);
        foreach (int samplesASecond in new[] { 8000, 16000 })
        {
            Tensor[] inputs = [samples, Tensor.Of(Shape.Scalar, [samplesASecond])];
            float[] expected = (float[])Reference.ReferenceExecutor.Run(graph, inputs)[0].Data;
            Assert.Equal(expected, (float[])LoweredRun.Run(model, inputs)[0].Data);
        }
    }

    private static Value Floats(params float[] values) => Value.Of("floats", Tensor.Of(Shape.Of(values.Length), values));

    private static Value Ints(params int[] values) => Value.Of("ints", Tensor.Of(Shape.Of(values.Length), values));

    private static Value Scalar(float value) => Value.Of("scalar", Tensor.Of(Shape.Scalar, [value]));

    private static Value Scalar(int value) => Value.Of("scalar", Tensor.Of(Shape.Scalar, [value]));
}

/// <summary>Casts to other element types and what else several operations are given.</summary>
file static class Graphs
{
    public static Value Double(this Values graph, Value value) => graph.Add(new Cast(DataType.Float64), value);

    public static Value Half(this Values graph, Value value) => graph.Add(new Cast(DataType.Float16), value);

    public static Value Single(this Values graph, Value value) => graph.Add(new Cast(DataType.Float32), value);

    /// <summary>[1,5,6,3], red, green and blue of 0..1.</summary>
    public static Value Colors(this Values graph)
    {
        Value three = graph.Add(
            new Slice(), graph.X, Value.Of("begin", Tensor.Of(Shape.Of(4), [0, 0, 0, 1])), Value.Of("size", Tensor.Of(Shape.Of(4), [1, 5, 6, 3])));
        return graph.Add(new Unary(UnaryKind.Sigmoid), three);
    }
}
