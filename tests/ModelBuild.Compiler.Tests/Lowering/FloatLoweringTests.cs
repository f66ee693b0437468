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
        ["split of rows"] = g => g.AddAll(new Split(0, 2), 1, g.B),
        ["split of channels"] = g => g.AddAll(new Split(-1, 2), 1, g.X),
        ["split by sizes"] = g => g.AddAll(new Split(2, 3), 2, g.X, Ints([1, -1, 3], 3)),
        ["unpack"] = g => g.AddAll(new Unpack(-1, 4), 3, g.X),
        ["unpack of rows"] = g => g.AddAll(new Unpack(0, 3), 1, g.N),
        ["slice of a box"] = g => g.Add(new Slice(), g.X, Ints([0, 1, 2, 0], 4), Ints([1, 3, -1, 2], 4)),
        ["slice of rows"] = g => g.Add(new Slice(), g.N, Ints([1, 0], 2), Ints([-1, 4], 2)),
        ["tile"] = g => g.Add(new Tile(), g.X, Ints([2, 1, 1, 3], 4)),
        ["tile that repeats nothing"] = g => g.Add(new Tile(), g.X, Ints([1, 1, 1, 1], 4)),
        ["broadcast"] = g => g.Add(new BroadcastTo(), g.V, Ints([2, 3, 4], 3)),
        ["broadcast of rank"] = g => g.Add(new BroadcastTo(), g.V, Ints([1, 1, 4], 3)),
        ["reverse"] = g => g.Add(new Reverse(), g.X, Ints([1, -1], 2)),
        ["reverse of sequences"] = g => g.Add(new ReverseSequence(1, 0), g.N, g.Indices(5, 1)),
        ["roll"] = g => g.Add(new Roll(), g.X, Ints([2, -7], 2), Ints([1, -1], 2)),
        ["space to batch"] = g => g.Add(new SpaceToBatch(), g.X, Ints([2, 3], 2), Ints([1, 0, 0, 3], 2, 2)),
        ["batch to space"] = g => g.Add(new BatchToSpace(), g.B, Ints([1, 2], 2), Ints([1, 0, 0, 3], 2, 2)),
        ["depth to space"] = g => g.Add(new DepthToSpace(2), g.X),
        ["space to depth"] = g => g.Add(new SpaceToDepth(2), g.Add(new DepthToSpace(2), g.B)),
        ["gather"] = g => g.Add(new Gather(2, 0), g.X, g.Indices(6)),
        ["gather from a constant"] = g => g.Add(new Gather(0, 0), Floats([1, 2, 3, 4, 5, 6], 3, 2), g.Indices(3)),
        ["gather by long indices in batches"] = g => g.Add(new Gather(-1, 1), g.N, g.Add(new Cast(DataType.Int64), g.Indices(4))),
        ["gather of tuples"] = g => g.Add(new GatherNd(), g.X, Ints([0, 4, 5, 0, 2, 1], 2, 3)),
        ["scatter"] = g => g.Add(new ScatterNd(), g.Indices(3, 4), g.N, Ints([3], 1)),
        ["scatter of truths"] = g =>
            g.Add(new ScatterNd(), g.Indices(7, 4), g.Add(new Comparison(ComparisonKind.Greater), g.N, Ints([4])), Ints([7], 1)),
        ["scatter replaces"] = g => g.Add(new TensorScatter(ScatterKind.Replace), g.N, Ints([2, 0], 2, 1), g.LastRows),
        ["scatter takes the greater"] = g =>
            g.Add(new TensorScatter(ScatterKind.Maximum), g.V, Ints([2, 0, 2], 3, 1), Floats([0.1f, 0.2f, 0.3f], 3)),
        ["one-hot"] = g => g.Add(new OneHot(1), g.N, Ints([7]), g.Scalar(g.V), Floats([-1])),
        ["fill"] = g => g.Add(new Fill(), Ints([2, 3], 2), g.Scalar(g.V)),
        ["numbers at equal distances"] = g => g.Add(new LinSpace(), g.Scalar(g.V), Floats([2]), Ints([7])),
        ["band"] = g => g.Add(new MatrixBandPart(), g.X, Ints([1]), Ints([-1])),
        ["diagonals"] = g =>
            g.Add(new MatrixDiagPart(new DiagonalAlignment(false, true)), g.X, Ints([-1, 2], 2), g.Scalar(g.V)),
        ["matrices of diagonals"] = g =>
            g.Add(new MatrixDiag(new DiagonalAlignment(true, false)), g.N, Ints([-1, 1], 2), Ints([-1]), Ints([-1]), Ints([7])),
        ["diagonals replaced"] = g =>
            g.Add(
                new MatrixSetDiag(new DiagonalAlignment(false, false)), g.X,
                g.Add(new Slice(), g.Y, Ints([0, 0, 0, 0], 4), Ints([1, 5, 2, 4], 4)), Ints([-3, -2], 2)),
        ["stitch"] = g =>
            g.Add(
                new DynamicStitch(), Ints([4, 0], 2), Ints([1, 0], 2, 1),
                g.LastRows, g.Add(new Reshape(), g.Add(new Reverse(), g.LastRows, Ints([1], 1)), Ints([2, 1, 4], 3))),
        ["index of the greatest"] = g => g.Add(new ArgReduce(false, DataType.Int64), g.X, Ints([-1])),
        ["index of the least"] = g => g.Add(new ArgReduce(true, DataType.Int32), g.N, Ints([0])),
        ["index of the first truth"] = g =>
            g.Add(new ArgReduce(false, DataType.Int32), g.Add(new Comparison(ComparisonKind.Greater), g.X, g.Y), Ints([1])),
        ["the greatest"] = g => g.AddAll(new TopK(DataType.Int32), 0, g.X, Ints([3])),
        ["indices of the greatest"] = g => g.AddAll(new TopK(DataType.Int64), 1, g.N, Ints([4])),
        ["among the greatest"] = g =>
            g.Add(new InTopK(), g.Matrix(g.X), g.Add(new Tile(), g.Indices(4, 1), Ints([10], 1)), Ints([2])),
        ["cumulative sum"] = g => g.Add(new Cumulative(CumulativeKind.Sum, true, false), g.X, Ints([2])),
        ["cumulative product"] = g => g.Add(new Cumulative(CumulativeKind.Product, false, true), g.N, Ints([-1])),
        ["cumulative logarithm"] = g => g.Add(new Cumulative(CumulativeKind.LogSumExp, false, false), g.X, Ints([1])),
        ["sums of segments"] = g => g.Add(new Segment(SegmentKind.Sum, true), g.N, Ints([0, 0, 2], 3)),
        ["maxima of segments"] = g => g.Add(new Segment(SegmentKind.Maximum, false), g.LastRows, Ints([2, -1], 2), Ints([4])),
        ["counts"] = g => g.Add(new Bincount(false), g.N, Ints([8]), Floats([], 0)),
        ["sum of weights"] = g => g.Add(new Bincount(false), g.N, Ints([8]), Floats([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 3, 4)),
        ["Einstein sum"] = g => g.Add(new Einsum("abcd,ebcf->aebdf"), g.X, g.B),
        ["Einstein sum of one"] = g => g.Add(new Einsum("abcd->dcb"), g.X),
        ["Einstein sum of integers"] = g => g.Add(new Einsum("...i,...j->ij..."), g.N, g.N),
        ["Einstein sum of bfloat16"] = g =>
            g.Add(new Cast(DataType.Float32), g.Add(new Einsum("...i,i->..."), g.Brief(g.X), g.Brief(g.V))),
        ["bfloat16 is moved as it is"] = g =>
            g.Add(new Cast(DataType.Float32), g.AddAll(new Split(-1, 2), 1, g.Add(new Reverse(), g.Brief(g.X), Ints([1], 1)))),
        ["truths are moved"] = g =>
            g.Add(new Roll(), g.Add(new Comparison(ComparisonKind.Greater), g.X, g.Y), Ints([1]), Ints([1])),
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

        /// <summary>Two rows of n: [2,4].</summary>
        public Value LastRows => Add(new Slice(), N, Ints([1, 0], 2), Ints([2, 4], 2));

        /// <summary>One of several outputs.</summary>
        public Value AddAll(Operation operation, int output, params Value[] inputs) =>
            _builder.AddAll(operation.GetType().Name, operation, inputs)[output];

        /// <summary>Indices of 0..limit-1: [3,4], or the first of each row, [3], or [3,4,1] as tuples.</summary>
        public Value Indices(int limit, int columns = 0)
        {
            Value indices = Add(new Binary(BinaryKind.FloorModulo), N, Ints([limit]));
            if (columns == 1) return AddAll(new Unpack(1, 4), 0, indices);
            return columns == 0 ? indices : Add(new Reshape(), indices, Ints([3, 4, 1], 3));
        }

        public Value Scalar(Value vector) => AddAll(new Unpack(0, vector.Shape[0]), 1, vector);

        public Value Matrix(Value x) => Add(new Reshape(), x, Ints([-1, x.Shape[-1]], 2));

        public Value Brief(Value x) => Add(new Cast(DataType.BFloat16), x);

        public Value IsNan(Value value) => Add(new Classification(ClassificationKind.IsNan), value);

        public Value Weights(params int[] shape) => Value.Of("weights", LoweredRun.Random(_random, shape));

        public ModelGraph Build(Value output) => _builder.Build([output]);
    }
}
