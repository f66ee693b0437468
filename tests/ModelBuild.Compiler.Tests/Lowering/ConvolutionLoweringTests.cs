using CsCheck;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Lowering;

public class ConvolutionLoweringTests
{
    private static readonly Gen<Case> Cases =
        from size in Gen.Select(Gen.Int[1, 19], Gen.Int[1, 19])
        from kernel in Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5])
        from strides in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from dilations in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from padding in Gen.Int[0, 2]
        from around in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3])
        from groups in Gen.Int[1, 3]
        from channels in Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9])
        from depthwise in Gen.Bool
        from clamp in Gen.Int[0, 2]
        from seed in Gen.Int[0, 1000]
        select new Case(size, kernel, strides, dilations, padding, around, groups, channels, depthwise, clamp, seed);

    [Fact]
    public void Int8_convolutions_are_those_of_rounded_values() => Cases.Sample(shape =>
    {
        if (shape.Graph() is { } graph) LoweredRun.Static(graph, shape.Seed);
    }, iter: 300);

    [Fact]
    public void Convolutions_with_ranges_of_the_call_are_near() => Cases.Sample(shape =>
    {
        if (shape.Graph() is { } graph) LoweredRun.Dynamic(graph, shape.Seed);
    }, iter: 300);

    [Fact]
    public void Float_convolutions_are_the_reference() => Cases.Sample(shape =>
    {
        if (shape.Graph() is { } graph) LoweredRun.Float(graph, shape.Seed);
    }, iter: 200);

    [Fact]
    public void Readers_of_a_value_share_its_range()
    {
        Random random = new(1);
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(1, 6, 6, 4));
        Value[] outputs = [.. Enumerable.Range(1, 3).Select(size =>
        {
            Value weights = Value.Of("w", LoweredRun.Random(random, size, size, 4, 5));
            return builder.Add("y", new Convolution((size, size), (1, 1), Padding.Same, Clamp.None), x, weights);
        })];
        LoweredModel model = LoweredRun.Dynamic(builder.Build(outputs));
        Assert.Equal(
            "QuantizeRange ConvolutionHybrid SplitPhases ConvolutionHybrid SplitPhases ConvolutionHybrid",
            string.Join(" ", model.Plan.Layers.Where(layer => layer.Role == PlanRole.Inner).Select(layer => layer.Kind)));
    }

    [Theory]
    [InlineData("DenseHybrid", 1, 7)]
    [InlineData("DenseHybrid", 1, 1, 1, 7)]
    [InlineData("ConvolutionHybrid", 5, 7)]
    [InlineData("ConvolutionHybrid", 1, 5, 7)]
    [InlineData("DenseFloat", 2, 3, 5, 7)]
    public void Fully_connected_layers_take_rows(string kind, params int[] shape)
    {
        Random random = new(2);
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(shape));
        Value weights = Value.Of("w", LoweredRun.Random(random, 7, 9)), bias = Value.Of("b", LoweredRun.Random(random, 9));
        Value y = builder.Add("y", new FullyConnected(new Clamp(0, 1)), x, weights, bias);
        LoweredModel model = LoweredRun.Dynamic(builder.Build([y]));
        Assert.Contains(model.Plan.Layers, layer => layer.Kind == kind);
    }

    public sealed record Case(
        (int Height, int Width) Size, (int Height, int Width) Kernel, (int Height, int Width) Strides, (int Height, int Width) Dilations,
        int Padding, (int Top, int Bottom, int Left, int Right) Around, int Groups, (int Inputs, int Outputs) Channels, bool Depthwise,
        int Clamp, int Seed)
    {
        /// <summary>The convolution; null where nothing would be left.</summary>
        internal ModelGraph? Graph()
        {
            Random random = new(Seed);
            GraphBuilder builder = new();
            int inputs = Depthwise ? Channels.Inputs : Channels.Inputs * Groups, outputs = Depthwise ? Groups : Channels.Outputs * Groups;
            Value x = builder.Input("x", DataType.Float32, Shape.Of(1, Size.Height, Size.Width, inputs));
            Padding padding = Padding switch
            {
                0 => Compiler.Graph.Padding.Same,
                1 => Compiler.Graph.Padding.Valid,
                _ => Compiler.Graph.Padding.Explicit((Around.Top, Around.Bottom), (Around.Left, Around.Right)),
            };
            Clamp clamp = Clamp switch { 0 => Compiler.Graph.Clamp.None, 1 => new(0, float.PositiveInfinity), _ => new(0, 6) };
            Tensor weights = LoweredRun.Random(random, Kernel.Height, Kernel.Width, Depthwise ? inputs : Channels.Inputs, outputs);
            Operation operation = Depthwise
                ? new DepthwiseConvolution(Strides, Dilations, padding, clamp)
                : new Convolution(Strides, Dilations, padding, clamp);
            Value bias = Value.Of("bias", LoweredRun.Random(random, Depthwise ? inputs * outputs : outputs));
            Value y = builder.Add("y", operation, Seed % 2 == 0 ? [x, Value.Of("w", weights)] : [x, Value.Of("w", weights), bias]);
            return y.Shape.Count == 0 ? null : builder.Build([y]);
        }
    }
}
