using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Tests.Data;
using ModelBuild.Kernels;
using static ModelBuild.Compiler.Tests.Import.Definitions;
using Cast = ModelBuild.Compiler.Graph.Operations.Cast;
using MaxPoolArgmax = ModelBuild.Compiler.Graph.Operations.MaxPoolArgmax;

namespace ModelBuild.Compiler.Tests.Operations;

/// <summary>Convolutions, pools and normalisation: what element types, layouts and odd attributes mean.</summary>
public sealed class SpatialTests
{
    private static readonly (int, int) One = (1, 1);

    private static Tensor Ramp(params int[] shape)
    {
        Shape form = Shape.Of(shape);
        return Tensor.Of(form, [.. Enumerable.Range(0, form.Count).Select(i => i * 7 % 11 - 5f)]);
    }

    private static Tensor To(DataType type, Tensor x) => ReferenceOperations.Run(new Cast(type), [x])[0];

    public static TheoryData<DataType> Types => new(DataType.Float64, DataType.Float16, DataType.BFloat16, DataType.Int32);

    [Theory]
    [MemberData(nameof(Types))]
    public void OtherTypesThanFloatConvolveAlike(DataType type)
    {
        // Small whole numbers, which every type holds exactly.
        Tensor x = Ramp(2, 5, 4, 4), weights = Ramp(3, 2, 2, 6), filters = Ramp(2, 2, 4, 3);
        Tensor volume = Ramp(1, 3, 4, 3, 2), cube = Ramp(2, 2, 2, 2, 3);
        (Operation, Tensor[])[] operations =
        [
            (new Convolution((2, 1), (1, 2), Padding.Same, Clamp.None), [x, weights]),
            (new DepthwiseConvolution(One, One, Padding.Explicit((1, 0), (0, 2)), Clamp.None), [x, filters]),
            (new Convolution3D((1, 2, 1), (1, 1, 1), Padding.Valid), [volume, cube]),
        ];
        foreach ((Operation operation, Tensor[] inputs) in operations)
        {
            Tensor expected = ReferenceOperations.Run(operation, inputs)[0];
            Tensor actual = ReferenceOperations.Run(operation, [.. inputs.Select(input => To(type, input))])[0];
            Assert.Equal(type, actual.Type);
            Assert.Equal(expected.Elements<float>().ToArray(), To(DataType.Float32, actual).Elements<float>().ToArray());
        }
    }

    [Fact]
    public void HalvesAreSummedInFloat()
    {
        // 4096 + 1 is no half; the sum of 4096 and 4 ones is.
        Tensor x = new(DataType.Float16, Shape.Of(1, 1, 5, 1), new[] { (Half)4096, (Half)1, (Half)1, (Half)1, (Half)1 });
        Tensor weights = new(DataType.Float16, Shape.Of(1, 5, 1, 1), Enumerable.Repeat((Half)1, 5).ToArray());
        Tensor sum = ReferenceOperations.Run(new Convolution(One, One, Padding.Valid, Clamp.None), [x, weights])[0];
        Assert.Equal([(Half)4100], sum.Elements<Half>().ToArray());
    }

    [Fact]
    public void EmptyBatchesAndImagesHaveNoResults()
    {
        Convolution convolution = new(One, One, Padding.Valid, Clamp.None);
        Assert.Equal(Shape.Of(0, 3, 3, 4), ReferenceOperations.Run(convolution, [Ramp(0, 5, 5, 2), Ramp(3, 3, 2, 4)])[0].Shape);
        Assert.Equal(Shape.Of(1, 0, 3, 4), ReferenceOperations.Run(convolution, [Ramp(1, 2, 5, 2), Ramp(3, 3, 2, 4)])[0].Shape);
        Pool pool = new(PoolKind.Average, (2, 2), (2, 2), Padding.Same);
        Assert.Equal(Shape.Of(0, 2, 2, 3), ReferenceOperations.Run(pool, [Ramp(0, 4, 4, 3)])[0].Shape);
    }

    [Theory]
    [InlineData("NHWC", new[] { 1, 2, 5, 3 }, new long[] { 1, 1, 2, 1 }, 2)]
    [InlineData("NCHW", new[] { 1, 3, 2, 5 }, new long[] { 1, 1, 1, 2 }, 2)]
    [InlineData("NHWC", new[] { 1, 2, 5, 3 }, new long[] { 1, 1, 2, 1 }, 4)]
    public void OnlyTheSizeDecidesTheShapeOfATransposedConvolution(string format, int[] shape, long[] strides, int numbers)
    {
        // A width of 10 and of 9 both have a convolution of width 5; height and width alone are a size too.
        int[] size = numbers == 2 ? [2, 9] : format == "NHWC" ? [1, 2, 9, 2] : [1, 2, 2, 9];
        GraphDef graph = Define(
            Placeholder("x", Float, [.. shape.Select(n => (long)n)]), Nodes.Const("size", size, numbers),
            Nodes.Const("weights", new float[12], 1, 2, 2, 3),
            Node("y = Conv2DBackpropInput(size, weights, x)", ("strides", Nodes.Numbers(strides)), ("padding", Text("SAME")),
                ("data_format", Text(format))));
        Tensor y = ReferenceExecutor.Run(Load(graph, "y"), [Ramp(shape)])[0];
        Assert.Equal(format == "NHWC" ? Shape.Of(1, 2, 9, 2) : Shape.Of(1, 2, 2, 9), y.Shape);
    }

    [Fact]
    public void ADepthwiseTransposedConvolutionIsTheAdjoint()
    {
        Tensor x = Ramp(1, 4, 4, 2), weights = Ramp(2, 2, 2, 3), y = Ramp(1, 2, 2, 6);
        float forward = Dot(ReferenceOperations.Run(new DepthwiseConvolution((2, 2), One, Padding.Valid, Clamp.None), [x, weights])[0], y);
        GraphDef graph = Define(
            Placeholder("y", Float, 1, 2, 2, 6), Placeholder("weights", Float, 2, 2, 2, 3), Nodes.Const("size", [1, 4, 4, 2], 4),
            Node("x = DepthwiseConv2dNativeBackpropInput(size, weights, y)", ("strides", Nodes.Numbers(1, 2, 2, 1)), ("padding", Text("VALID"))));
        ModelGraph model = Load(graph, "x");
        Tensor gradient = ReferenceExecutor.Run(model, [.. model.Inputs.Select(input => input.Name == "y" ? y : weights)])[0];
        Assert.Equal(forward, Dot(x, gradient), 1e-3f);
    }

    [Fact]
    public void AMaxPoolMayCombineGroupsOfChannels()
    {
        GraphDef graph = Define(
            Placeholder("x", Float, 1, 1, 2, 4),
            Node("y = MaxPool(x)", ("ksize", Nodes.Numbers(1, 1, 1, 2)), ("strides", Nodes.Numbers(1, 1, 1, 2)), ("padding", Text("VALID"))));
        Tensor x = Tensor.Of(Shape.Of(1, 1, 2, 4), [1f, 2, 4, 3, -1, -2, 0, -9]);
        Assert.Equal([2, 4, -1, 0], Run(Load(graph, "y"), x));
        graph.Node[1].Attr["strides"] = Nodes.Numbers(1, 1, 1, 1);
        Errors.Assert(DiagnosticCode.UnsupportedAttribute, () => Load(graph, "y"), "Node y", "groups");
    }

    [Fact]
    public void PoolsKeepIntegers()
    {
        Tensor x = new(DataType.UInt8, Shape.Of(1, 2, 2, 1), new byte[] { 200, 3, 100, 250 });
        Assert.Equal([250], ReferenceOperations.Run(new Pool(PoolKind.Max, (2, 2), One, Padding.Valid), [x])[0].Elements<byte>().ToArray());
        IReadOnlyList<Tensor> both = ReferenceOperations.Run(new MaxPoolArgmax((1, 2), (1, 2), Padding.Valid, false, DataType.Int32), [x]);
        Assert.Equal([200, 250], both[0].Elements<byte>().ToArray());
        Assert.Equal([0, 3], both[1].Elements<int>().ToArray());
    }

    [Fact]
    public void TrainingModeGivesTheStatisticsThatTrainingGoesOnWith()
    {
        GraphDef graph = Define(
            Placeholder("x", Float, 2, 1, 2, 1), Nodes.Const("scale", [2f], 1), Nodes.Const("offset", [1f], 1), Nodes.Const("mean", [8f], 1),
            Nodes.Const("variance", [4f], 1),
            Node("y = FusedBatchNormV3(x, scale, offset, mean, variance)", ("is_training", Truth(true)), ("epsilon", Nodes.Real(0)),
                ("exponential_avg_factor", Nodes.Real(0.25f))));
        Tensor x = Tensor.Of(Shape.Of(2, 1, 2, 1), [0f, 2, 4, 6]);
        IReadOnlyList<Tensor> results = ReferenceExecutor.Run(Load(graph, "y:0", "y:1", "y:2", "y:3", "y:4"), [x]);
        float deviation = MathF.Sqrt(5);
        float[] expected = [.. new[] { -3, -1, 1, 3 }.Select(distance => distance / deviation * 2 + 1)];
        Assert.Equal(expected, results[0].Elements<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5f);
        // Mean 3 and variance 5 of the batch, as a sample 5 * 4 / 3; a quarter of them and the rest of the old ones.
        Assert.Equal(0.75f * 8 + 0.25f * 3, results[1].Elements<float>()[0], 1e-5f);
        Assert.Equal(0.75f * 4 + 0.25f * 20 / 3, results[2].Elements<float>()[0], 1e-5f);
        Assert.Equal(3, results[3].Elements<float>()[0], 1e-6f);
        Assert.Equal(5, results[4].Elements<float>()[0], 1e-5f);
    }

    [Fact]
    public void FusedPaddingIsMirrored()
    {
        GraphDef graph = Define(
            Placeholder("x", Float, 1, 1, 3, 1), Nodes.Const("paddings", [0, 0, 0, 0, 1, 1, 0, 0], 4, 2), Nodes.Const("weights", [1f], 1, 1, 1, 1),
            Node("y = FusedPadConv2D(x, paddings, weights)", ("mode", Text("REFLECT")), ("strides", Nodes.Numbers(1, 1, 1, 1)),
                ("padding", Text("VALID"))));
        Assert.Equal([2, 1, 2, 3, 2], Run(Load(graph, "y"), Tensor.Of(Shape.Of(1, 1, 3, 1), [1f, 2, 3])));
    }

    private static float Dot(Tensor a, Tensor b) => a.Elements<float>().ToArray().Zip(b.Elements<float>().ToArray(), (x, y) => x * y).Sum();
}
