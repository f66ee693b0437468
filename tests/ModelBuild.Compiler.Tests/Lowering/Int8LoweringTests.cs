using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>Int8: the plan has the layers that are wanted and computes what rounding by definition gives.</summary>
public class Int8LoweringTests
{
    public static TheoryData<string> Names => [.. Operations.Keys];

    /// <summary>What is made of x [1,7,5,6], y [1,7,5,6], v [1,6], p [1,1,1,6]; and the layers between entries and exits.</summary>
    private static readonly Dictionary<string, (Func<Graph, Value> Make, string Layers)> Operations = new()
    {
        ["add"] = (g => g.Add(new Binary(BinaryKind.Add, new Clamp(0, 1)), g.X, g.Y), "AddInt8 Dequantize"),
        ["subtract"] = (g => g.Add(new Binary(BinaryKind.Subtract), g.X, g.Y), "AddInt8 Dequantize"),
        ["double"] = (g => g.Add(new Binary(BinaryKind.Add), g.X, g.X), "LookupInt8 Dequantize"),
        ["multiply"] = (g => g.Add(new Binary(BinaryKind.Multiply, new Clamp(-0.5f, 0.5f)), g.X, g.Y), "MultiplyInt8 Dequantize"),
        ["multiply vectors"] = (g => g.Add(new Binary(BinaryKind.Multiply), g.V, g.Relu(g.V)), "LookupInt8 MultiplyInt8 Dequantize"),
        ["scale channels"] = (g => g.Add(new Binary(BinaryKind.Multiply, new Clamp(0, 1)), g.P, g.X), "ScaleChannelsInt8 Dequantize"),
        ["scale channels by a vector"] = (g => g.Add(new Binary(BinaryKind.Multiply), g.X, g.V), "ScaleChannelsInt8 Dequantize"),
        ["add a scalar"] = (g => g.Add(new Binary(BinaryKind.Add, new Clamp(0, 6)), g.X, g.Floats(3)), "LookupInt8 Dequantize"),
        ["divide by x"] = (g => g.Add(new Binary(BinaryKind.Divide), g.Floats(2), g.Add(new Binary(BinaryKind.Add), g.X, g.Floats(3))),
            "LookupInt8 LookupInt8 Dequantize"),
        ["add a vector"] = (g => g.Add(new Binary(BinaryKind.Add), g.X, g.V), "BinaryFloating<float>"),
        ["sigmoid"] = (g => g.Add(new Unary(UnaryKind.Sigmoid), g.X), "LookupInt8 Dequantize"),
        ["leaky relu"] = (g => g.Add(new LeakyRelu(0.2f), g.X), "LookupInt8 Dequantize"),
        ["max pool"] = (g => g.Add(new Pool(PoolKind.Max, (3, 2), (2, 1), Padding.Same), g.X), "MaxPoolInt8 Dequantize"),
        ["average pool"] = (g => g.Add(new Pool(PoolKind.Average, (2, 3), (2, 2), Padding.Same), g.X), "AveragePoolInt8 Dequantize"),
        ["average pool of everything"] = (g => g.Add(new Pool(PoolKind.Average, (7, 5), (1, 1), Padding.Valid), g.X),
            "GlobalAveragePoolInt8 Dequantize"),
        ["mean over pixels"] = (g => g.Add(new Reduce(ReduceKind.Mean, false), g.X, g.Ints(1, 2)), "GlobalAveragePoolInt8 Dequantize"),
        ["sum over pixels"] = (g => g.Add(new Reduce(ReduceKind.Sum, true), g.X, g.Ints(-2, -3)), "GlobalAveragePoolInt8 Dequantize"),
        ["maximum over pixels"] = (g => g.Add(new Reduce(ReduceKind.Maximum, true), g.X, g.Ints(1, 2)),
            "MaxPoolInt8 LookupInt8 Dequantize"),
        ["softmax"] = (g => g.Add(new Softmax(), g.V), "SoftmaxInt8"),
        ["softmax of pixels"] = (g => g.Add(new Softmax(), g.X), "SoftmaxFloat"),
        ["flatten and multiply"] = (g => g.Dense(g.Reshape(g.X, 1, -1), 9), "ReshapeInt8 DenseInt8 Dequantize"),
        ["dense of a pixel"] = (g => g.Dense(g.Reshape(g.P, 1, 6), 5), "DenseInt8 Dequantize"),
        ["dense of rows"] = (g => g.Dense(g.X, 9), "ConvolutionInt8 Dequantize"),
        ["convolution of a pixel"] = (g => g.Convolution(g.P, 3, 5, Padding.Same), "DenseInt8 Dequantize"),
        ["convolution of a pixel, as wide as its padding"] = (g => g.Convolution(g.P, 3, 5, Padding.Explicit((1, 3), (2, 2))),
            "ReshapeInt8 ConvolutionInt8 Dequantize"),
        ["convolution of all pixels"] = (g => g.Add(new Convolution((1, 1), (1, 1), Padding.Valid, Clamp.None), g.X, g.Weights(7, 5, 6, 4)),
            "ReshapeInt8 DenseInt8 Dequantize"),
        ["convolution of a phase"] = (g => g.Add(new Convolution((2, 2), (1, 1), Padding.Same, Clamp.None), g.X, g.Weights(1, 1, 6, 4)),
            "MaxPoolInt8 ConvolutionInt8 Dequantize"),
        ["depthwise convolution of a pixel"] = (g =>
            g.Add(new DepthwiseConvolution((1, 1), (1, 1), Padding.Same, Clamp.None), g.P, g.Weights(3, 3, 6, 1)),
            "DepthwiseInt8 Dequantize"),
        ["depthwise convolution with a multiplier"] = (g =>
            g.Add(new DepthwiseConvolution((1, 1), (1, 1), Padding.Same, Clamp.None), g.X, g.Weights(3, 3, 6, 2)),
            "ConvolutionInt8 Dequantize"),
        ["concat"] = (g => g.Add(new Concat(3), g.X, g.Relu(g.Y), g.X), "LookupInt8 ConcatInt8 ConcatInt8 ConcatInt8 Dequantize"),
        ["concat of vectors"] = (g => g.Add(new Concat(1), g.V, g.Reshape(g.P, 1, 6)), "ConcatInt8 ConcatInt8 Dequantize"),
        ["concat along rows"] = (g => g.Add(new Concat(1), g.X, g.Y), "Concat<float> Concat<float>"),
        ["halves of channels change places"] = (g => g.Halves(g.Relu(g.X), 3),
            "LookupInt8 SliceInt8 SliceInt8 ConcatInt8 ConcatInt8 Dequantize"),
        ["parts of a vector"] = (g => g.Halves(g.Relu(g.V), 1), "LookupInt8 SliceInt8 SliceInt8 ConcatInt8 ConcatInt8 Dequantize"),
        ["slice"] = (g => g.Add(new Slice(), g.X, g.Ints(0, 1, 2, 0), g.Ints(1, 4, 3, 5)), "SliceInt8 Dequantize"),
        ["crop"] = (g => g.Add(new StridedSlice(9, 9, 0, 0, 0), g.X, g.Ints(0, 1, 2, 0), g.Ints(0, -1, -1, 0), g.Ints(1, 1, 1, 1)),
            "SliceInt8 Dequantize"),
        ["channels of a pixel"] = (g =>
            g.Add(new StridedSlice(9, 9, 0, 0, 6), g.X, g.Ints(0, 3, 2, 0), g.Ints(0, 0, 0, 0), g.Ints(1, 1, 1, 1)),
            "SliceInt8 Dequantize"),
        ["every other pixel"] = (g =>
            g.Add(new StridedSlice(15, 15, 0, 0, 0), g.X, g.Ints(0, 0, 0, 0), g.Ints(0, 0, 0, 0), g.Ints(1, 2, 2, 1)),
            "StridedSlice<float>"),
        ["index of the greatest"] = (g => g.Add(new ArgReduce(false, DataType.Int32), g.Relu(g.X), g.Axis(3)),
            "LookupInt8 Dequantize ArgReduce<float,int>"),
        ["zeros around an image"] = (g => g.Add(new Pad(PadMode.Constant), g.X, g.Paddings(1, 2, 0, 3)), "PadInt8 Dequantize"),
        ["a number around an image"] = (g => g.Add(new Pad(PadMode.Constant), g.X, g.Paddings(1, 2, 0, 3), g.Floats(-4)),
            "LookupInt8 PadInt8 Dequantize"),
        ["two paddings of one image"] = (g =>
            g.Add(new Binary(BinaryKind.Add), g.Convolution(g.X, 3, 8, Padding.Same), g.Convolution(g.X, 5, 8, Padding.Same)),
            "ConvolutionInt8 ConvolutionInt8 AddInt8 Dequantize"),
        ["residual"] = (g => g.Residual(g.Convolution(g.Residual(g.Convolution(g.X, 3, 8, Padding.Same), 8), 3, 12, Padding.Same, 2), 12),
            "ConvolutionInt8 ConvolutionInt8 ConvolutionInt8 AddInt8 "
                + "SplitPhases ConvolutionInt8 ConvolutionInt8 ConvolutionInt8 AddInt8 Dequantize"),
        ["squeeze and excite"] = (g => g.Excite(g.Relu(g.Convolution(g.X, 3, 8, Padding.Same)), 8),
            "ConvolutionInt8 LookupInt8 GlobalAveragePoolInt8 DenseInt8 DenseInt8 LookupInt8 ScaleChannelsInt8 Dequantize"),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Plan_rounds_as_defined(string name)
    {
        Graph graph = new();
        (Func<Graph, Value> make, string layers) = Operations[name];
        LoweredModel model = LoweredRun.Static(graph.Build(make(graph)), steps: name is "residual" or "squeeze and excite" ? 3 : 1);
        Assert.Equal(layers, string.Join(" ", model.Plan.Layers.Where(layer => layer.Role == PlanRole.Inner).Select(layer => layer.Kind)));
    }

    [Fact]
    public void Inner_values_constants_and_inputs_may_be_outputs()
    {
        Graph graph = new();
        Value inner = graph.Convolution(graph.X, 3, 4, Padding.Same), last = graph.Relu(inner);
        Value floats = graph.Add(new Unary(UnaryKind.Exp), graph.V);
        ModelGraph model = graph.Build(last, inner, last, graph.Y, graph.Floats(1, 2, 3), graph.X, floats);
        LoweredModel lowered = LoweredRun.Static(model, steps: 1);
        // Floats of an input go out as they came in, though a layer reads them as bytes.
        Tensor[] inputs = LoweredRun.Inputs(model, 1);
        Tensor[] outputs = LoweredRun.Run(lowered, inputs);
        Assert.Equal(inputs[0].Data, outputs[5].Data);
        Assert.Equal(inputs[1].Data, outputs[3].Data);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Moved_bytes_get_the_scale_of_the_output(bool reshape)
    {
        Graph graph = new();
        Value x = graph.X;
        Value output = reshape ? graph.Reshape(x, 1, 5, 7, 6) : graph.Add(new Pool(PoolKind.Max, (2, 2), (2, 2), Padding.Same), x);
        Dictionary<Value, ActivationQuantization> activations = new() { [x] = new(0.01f, 100), [output] = new(0.02f, 30) };
        ModelGraph model = graph.Build(output);
        QuantizedGraph quantized = new(model, new Dictionary<Node, QuantizedWeights>(), activations);
        LoweredModel lowered = LoweredRun.Static(quantized, LoweredRun.Inputs(model, 1), 1);
        Assert.Contains(lowered.Plan.Layers, layer => layer.Kind == "LookupInt8");
    }

    [Fact]
    public void Layers_say_what_they_do()
    {
        Graph graph = new();
        Value x = graph.Add(new Convolution((2, 1), (1, 2), Padding.Same, new Clamp(0, 6)), graph.X, graph.Weights(3, 1, 2, 9));
        DepthwiseConvolution depthwise = new((1, 1), (1, 1), Padding.Same, new Clamp(0, float.PositiveInfinity));
        LoweredModel model = LoweredRun.Static(graph.Build(graph.Add(depthwise, x, graph.Weights(3, 3, 9, 1))));
        Assert.Contains(model.Plan.Layers, layer => layer.Remarks == "3x1 convolution, stride 2x1, dilation 1x2, 3 groups, relu6");
        Assert.Contains(model.Plan.Layers, layer => layer.Remarks == "3x3 depthwise convolution, relu");
        Assert.Equal(4 * 5 * 9 * (3 * 2 + 9), model.MultiplyAdds);
    }

    internal sealed class Graph
    {
        private readonly GraphBuilder _builder = new();
        private readonly Random _random = new(5);

        public Graph()
        {
            X = _builder.Input("x", DataType.Float32, Shape.Of(1, 7, 5, 6));
            Y = _builder.Input("y", DataType.Float32, Shape.Of(1, 7, 5, 6));
            V = _builder.Input("v", DataType.Float32, Shape.Of(1, 6));
            P = _builder.Input("p", DataType.Float32, Shape.Of(1, 1, 1, 6));
        }

        public Value X { get; }
        public Value Y { get; }
        public Value V { get; }
        public Value P { get; }

        public Value Add(Operation operation, params Value[] inputs) => _builder.Add(operation.GetType().Name, operation, inputs);

        public Value Relu(Value x) => Add(new Unary(UnaryKind.Relu), x);

        public Value Reshape(Value x, params int[] shape) => Add(new Reshape(), x, Ints(shape));

        /// <summary>The last half and then the first.</summary>
        public Value Halves(Value x, int axis)
        {
            IReadOnlyList<Value> halves = _builder.AddAll("split", new Split(axis, 2), [x]);
            return Add(new Concat(axis), halves[1], halves[0]);
        }

        public Value Dense(Value x, int outputs) =>
            Add(new FullyConnected(new Clamp(0, 6)), x, Weights(x.Shape[-1], outputs), Weights(outputs));

        public Value Convolution(Value x, int kernel, int outputs, Padding padding, int stride = 1) =>
            Add(
                new Convolution((stride, stride), (1, 1), padding, Clamp.None), x,
                Weights(kernel, kernel, x.Shape[-1], outputs), Weights(outputs));

        public Value Residual(Value x, int channels) =>
            Add(
                new Binary(BinaryKind.Add, new Clamp(0, 6)), x,
                Convolution(Convolution(x, 3, channels, Padding.Same), 1, channels, Padding.Valid));

        public Value Excite(Value x, int channels)
        {
            Value squeezed = Dense(Add(new Reduce(ReduceKind.Mean, false), x, Ints(1, 2)), channels / 2);
            Value excitation = Add(new Unary(UnaryKind.Sigmoid), Dense(squeezed, channels));
            return Add(new Binary(BinaryKind.Multiply), x, Reshape(excitation, 1, 1, 1, channels));
        }

        public Value Weights(params int[] shape) => Value.Of("weights", LoweredRun.Random(_random, shape));

        public Value Floats(params float[] values) =>
            Value.Of("floats", Tensor.Of(values.Length == 1 ? Shape.Scalar : Shape.Of(values.Length), values));

        public Value Ints(params int[] values) => Value.Of("ints", Tensor.Of(Shape.Of(values.Length), values));

        public Value Axis(int axis) => Value.Of("axis", Tensor.Of(Shape.Scalar, [axis]));

        public Value Paddings(int top, int bottom, int left, int right) =>
            Value.Of("paddings", Tensor.Of(Shape.Of(4, 2), [0, 0, top, bottom, left, right, 0, 0]));

        public ModelGraph Build(params Value[] outputs) => _builder.Build(outputs);
    }
}
