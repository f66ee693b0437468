using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>Float and other element types: the plan computes what the reference executor does.</summary>
public class FloatLoweringTests
{
    public static TheoryData<string> Names => [.. Operations.Keys];

    /// <summary>What is made of x [1,5,6,4], y [1,5,6,4], v [4], b [2,5,6,4], n int32 [3,4].</summary>
    private static readonly Dictionary<string, Func<Graph, Value>> Operations = new()
    {
        ["add"] = g => g.Add(new Binary(BinaryKind.Add, new Clamp(0, 1)), g.X, g.Y),
        ["subtract, broadcast, clamp"] = g => g.Add(new Binary(BinaryKind.Subtract, new Clamp(-0.5f, 0.5f)), g.X, g.V),
        ["multiply by a constant"] = g => g.Add(new Binary(BinaryKind.Multiply), g.X, Floats([1, 2, 3, 4], 4)),
        ["power"] = g => g.Add(new Binary(BinaryKind.Power), g.Add(new Unary(UnaryKind.Abs), g.X), Floats([1.5f])),
        ["integer division"] = g => g.Add(new Binary(BinaryKind.FloorDivide), g.N, Ints([3])),
        ["integer absolute"] = g => g.Add(new Unary(UnaryKind.Negate), g.N),
        ["sine"] = g => g.Add(new Unary(UnaryKind.Sin), g.X),
        ["hard swish"] = g => g.Add(new Unary(UnaryKind.HardSwish), g.X),
        ["leaky relu"] = g => g.Add(new LeakyRelu(0.2f), g.X),
        ["max pool"] = g => g.Add(new Pool(PoolKind.Max, (3, 2), (2, 1), Padding.Same), g.X),
        ["average pool of a batch"] = g => g.Add(new Pool(PoolKind.Average, (3, 3), (2, 2), Padding.Same), g.B),
        ["mean over pixels"] = g => g.Add(new Reduce(ReduceKind.Mean, false), g.X, Ints([1, 2], 2)),
        ["mean over pixels of a batch"] = g => g.Add(new Reduce(ReduceKind.Mean, true), g.B, Ints([1, 2], 2)),
        ["maximum over the last axis"] = g => g.Add(new Reduce(ReduceKind.Maximum, false), g.X, Ints([-1])),
        ["integer sum"] = g => g.Add(new Reduce(ReduceKind.Sum, true), g.N, Ints([0])),
        ["any"] = g => g.Add(new Reduce(ReduceKind.Any, false), g.Add(new Comparison(ComparisonKind.Greater), g.X, g.Y), Ints([1])),
        ["softmax"] = g => g.Add(new Softmax(), g.X),
        ["log softmax"] = g => g.Add(new LogSoftmax(), g.X),
        ["concat"] = g => g.Add(new Concat(-1), g.X, g.Y, g.X),
        ["concat along rows"] = g => g.Add(new Concat(1), g.X, g.Y),
        ["pack"] = g => g.Add(new Pack(-1), g.X, g.Y),
        ["pad"] = g => g.Add(new Pad(PadMode.Constant), g.X, Ints([0, 0, 1, 2, 0, 3, 0, 0], 4, 2)),
        ["pad with a value"] = g => g.Add(new Pad(PadMode.Constant), g.N, Ints([1, 1, 0, 2], 2, 2), Ints([7])),
        ["mirror pad"] = g => g.Add(new Pad(PadMode.Reflect), g.X, Ints([0, 0, 1, 2, 2, 1, 0, 0], 4, 2)),
        ["symmetric pad"] = g => g.Add(new Pad(PadMode.Symmetric), g.X, Ints([0, 0, 1, 2, 2, 1, 0, 0], 4, 2)),
        ["slice"] = g => g.Add(new StridedSlice(0, 0, 0, 0, 0), g.X, Ints([0, 1, 4, 0], 4), Ints([1, 5, 0, 3], 4), Ints([1, 2, -1, 1], 4)),
        ["slice that moves nothing"] = g =>
            g.Add(new StridedSlice(0, 0, 0, 0, 1), g.B, Ints([1, 1, 0, 0], 4), Ints([2, 4, 6, 4], 4), Ints([1, 1, 1, 1], 4)),
        ["transpose"] = g => g.Add(new Transpose(), g.X, Ints([0, 3, 1, 2], 4)),
        ["transpose that moves nothing"] = g => g.Add(new Transpose(), g.X, Ints([1, 0, 2, 3], 4)),
        ["reshape"] = g => g.Add(new Unary(UnaryKind.Exp), g.Add(new Reshape(), g.X, Ints([2, -1], 2))),
        ["matrix product"] = g => g.Add(new MatMul(false, true), g.X, g.Y),
        ["fully connected"] = g =>
            g.Add(new FullyConnected(new Clamp(0, 2)), g.X, Floats([1, 2, 3, -4, 5, 6, 7, 8, 1, 2, 3, 4], 4, 3), Floats([1, -2, 3], 3)),
        ["batch norm"] = g =>
            g.Add(
                new BatchNorm(1e-3f), g.X,
                Floats([1, 2, 3, 4], 4), Floats([1, 0, -1, 2], 4), Floats([0.1f, 0.2f, 0, 0], 4), Floats([1, 0.5f, 2, 3], 4)),
        ["batch norm with computed statistics"] = g =>
            g.Add(new BatchNorm(1e-3f), g.X, Floats([1, 2, 3, 4], 4), g.V, g.V, g.Add(new Unary(UnaryKind.Square), g.V)),
        ["convolution of a batch"] = g =>
            g.Add(new Convolution((1, 2), (1, 1), Padding.Same, new Clamp(0, 6)), g.B, g.Weights(3, 3, 4, 5), Floats([1, 2, 3, 4, 5], 5)),
        ["depthwise convolution of a batch"] = g =>
            g.Add(new DepthwiseConvolution((2, 2), (1, 1), Padding.Valid, Clamp.None), g.B, g.Weights(2, 3, 4, 2)),
        ["cast"] = g => g.Add(new Cast(DataType.Int32), g.Add(new Binary(BinaryKind.Multiply), g.X, Floats([10]))),
        ["bit cast"] = g => g.Add(new Bitcast(DataType.Int32), g.X),
        ["selection"] = g => g.Add(new Select(false), g.Add(new Comparison(ComparisonKind.Less), g.X, g.V), g.X, g.Y),
        ["logic"] = g =>
            g.Add(new Cast(DataType.Float32), g.Add(new Logical(LogicalKind.Or), g.IsNan(g.X), g.Add(new LogicalNot(), g.IsNan(g.Y)))),
        ["equality of truth values"] = g =>
            g.Add(new Comparison(ComparisonKind.NotEqual), g.IsNan(g.X), g.Add(new Comparison(ComparisonKind.Greater), g.X, g.Y)),
        ["buckets"] = g => g.Add(new Bucketize([-0.5f, 0, 0.5f]), g.X),
        ["bits"] = g => g.Add(new Cast(DataType.Int32), g.Add(new PopulationCount(), g.N)),
        ["ones"] = g => g.Add(new Binary(BinaryKind.Add), g.X, g.Add(new ConstantLike(1), g.X)),
        ["half"] = g => g.Add(new Cast(DataType.Float32), g.Add(new Unary(UnaryKind.Tanh), g.Add(new Cast(DataType.Float16), g.X))),
        ["average pool of half"] = g =>
            g.Add(
                new Cast(DataType.Float32),
                g.Add(new Pool(PoolKind.Average, (5, 6), (1, 1), Padding.Valid), g.Add(new Cast(DataType.Float16), g.X))),
        ["bfloat16"] = g => g.Add(new Cast(DataType.Float32), g.Add(new Softmax(), g.Add(new Cast(DataType.BFloat16), g.X))),
        ["bfloat16 with a constant"] = g =>
            g.Add(new Cast(DataType.Float32), g.Add(new Binary(BinaryKind.Add), g.Add(new Cast(DataType.BFloat16), g.X),
            g.Add(new Cast(DataType.BFloat16), Floats([1.5f])))),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Plan_computes_what_the_reference_does(string name)
    {
        Graph graph = new();
        LoweredRun.Float(graph.Build(Operations[name](graph)), tolerance: 1e-5f);
    }

    private static Value Floats(float[] values, params int[] shape) => Value.Of("floats", Tensor.Of(Shape.Of(shape), values));

    private static Value Ints(int[] values, params int[] shape) => Value.Of("ints", Tensor.Of(Shape.Of(shape), values));

    internal sealed class Graph
    {
        private readonly GraphBuilder _builder = new();
        private readonly Random _random = new(3);

        public Graph()
        {
            X = _builder.Input("x", DataType.Float32, Shape.Of(1, 5, 6, 4));
            Y = _builder.Input("y", DataType.Float32, Shape.Of(1, 5, 6, 4));
            V = _builder.Input("v", DataType.Float32, Shape.Of(4));
            B = _builder.Input("b", DataType.Float32, Shape.Of(2, 5, 6, 4));
            N = _builder.Input("n", DataType.Int32, Shape.Of(3, 4));
        }

        public Value X { get; }
        public Value Y { get; }
        public Value V { get; }
        public Value B { get; }
        public Value N { get; }

        public Value Add(Operation operation, params Value[] inputs) => _builder.Add(operation.GetType().Name, operation, inputs);

        public Value IsNan(Value value) => Add(new Classification(ClassificationKind.IsNan), value);

        public Value Weights(params int[] shape) => Value.Of("weights", LoweredRun.Random(_random, shape));

        public ModelGraph Build(Value output) => _builder.Build([output]);
    }
}
