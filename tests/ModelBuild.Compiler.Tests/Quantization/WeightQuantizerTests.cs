using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Tests.Passes;

namespace ModelBuild.Compiler.Tests.Quantization;

public class WeightQuantizerTests
{
    [Fact]
    public void Each_output_channel_has_its_scale_and_its_weights_lie_together()
    {
        // [kh=1, kw=1, c=2, out=2]: output 0 has 1 and -0.5, output 1 has 10 and 5.
        QuantizedWeights weights = Quantize(new Convolution((1, 1), (1, 1), Padding.Valid, Clamp.None), [1, 1, 2, 2], [1, 10, -0.5f, 5], bias: null, inputScale: 0);
        Assert.Equal([2, 1, 1, 2], weights.Shape);
        Assert.Equal([127, -64, 127, 64], weights.Values.Select(value => (int)value));
        Assert.Equal([1 / 127f, 10 / 127f], weights.Scales);
    }

    [Fact]
    public void A_bias_that_is_large_for_its_weights_still_fits_an_integer()
    {
        QuantizedWeights weights = Quantize(new FullyConnected(Clamp.None), [1, 1], [1e-12f], bias: 100, inputScale: 0.1f);
        Assert.InRange(100 / (weights.Scales[0] * 0.1f), 0, int.MaxValue / 2);
    }

    [Fact]
    public void Weights_that_are_all_zero_have_a_scale()
    {
        QuantizedWeights weights = Quantize(new FullyConnected(Clamp.None), [2, 1], [0, 0], bias: null, inputScale: 1);
        Assert.Equal([0, 0], weights.Values.Select(value => (int)value));
        Assert.Equal([1f], weights.Scales);
    }

    private static QuantizedWeights Quantize(Operation operation, int[] shape, float[] weights, float? bias, float inputScale)
    {
        Value constant = GraphBuilder.Constant("weights", Tensor.Of(Shape.Of(shape), weights));
        int[] input = operation is FullyConnected ? [1, shape[0]] : [1, 1, 1, shape[2]];
        ModelGraph graph = Graphs.Of(input, (builder, x) => bias is { } addend
            ? builder.Add("layer", operation, x, constant, GraphBuilder.Constant("bias", Tensor.Of(Shape.Of(1), new[] { addend })))
            : builder.Add("layer", operation, x, constant));
        return WeightQuantizer.Quantize(graph.Nodes[0], inputScale)!;
    }
}
