using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Tests.Passes;

public class PassTests
{
    private static readonly Convolution Plain = new((1, 1), (1, 1), Padding.Valid, Clamp.None);

    [Fact]
    public void Batch_norm_bias_and_activation_fold_into_the_convolution()
    {
        Operation[] after = Graphs.Optimised(Graphs.Of([1, 5, 6, 3], (builder, x) =>
        {
            Value y = builder.Add("conv", Plain, x, Graphs.Random("weights", 3, 3, 3, 4));
            y = builder.Add("bias", new Binary(BinaryKind.Add), y, Graphs.Random("b", 4));
            Value variance = builder.Add("variance", new Unary(UnaryKind.Square), Graphs.Random("deviation", 4));
            y = builder.Add("norm", new BatchNorm(0.01f), y, Graphs.Random("gamma", 4), Graphs.Random("beta", 4), Graphs.Random("mean", 4), variance);
            return builder.Add("relu", new Unary(UnaryKind.Relu6), y);
        }));
        Assert.Equal(new Clamp(0, 6), Assert.IsType<Convolution>(Assert.Single(after)).Clamp);
    }

    [Fact]
    public void Unfused_batch_norm_folds_into_a_depthwise_convolution_of_several_filters()
    {
        Operation[] after = Graphs.Optimised(Graphs.Of([1, 5, 6, 3], (builder, x) =>
        {
            Value y = builder.Add("conv", new DepthwiseConvolution((2, 1), (1, 1), Padding.Same, Clamp.None), x, Graphs.Random("weights", 3, 3, 3, 2));
            y = builder.Add("scale", new Binary(BinaryKind.Multiply), y, Graphs.Random("factor", 6));
            return builder.Add("shift", new Binary(BinaryKind.Subtract), Graphs.Random("offset", 6), y);
        }));
        Assert.IsType<DepthwiseConvolution>(Assert.Single(after));
    }

    [Fact]
    public void A_value_that_others_read_is_not_folded_away()
    {
        Operation[] after = Graphs.Optimised(Graphs.Of([1, 4, 4, 2], (builder, x) =>
        {
            Value y = builder.Add("conv", Plain, x, Graphs.Random("weights", 1, 1, 2, 2));
            Value relu = builder.Add("relu", new Unary(UnaryKind.Relu), y);
            return builder.Add("sum", new Binary(BinaryKind.Add), relu, y);
        }));
        Assert.Equal(3, after.Length);
        Assert.False(Assert.IsType<Convolution>(after[0]).Clamp.IsActive);
    }

    [Theory]
    [InlineData("abcd,de->abce", new[] { 4, 6 }, "FullyConnected")]
    [InlineData("abcd,cdef->abef", new[] { 3, 4, 6, 1 }, "Reshape FullyConnected Reshape")]
    [InlineData("...d,ed->...e", new[] { 6, 4 }, "FullyConnected")]
    [InlineData("abcd,d->abc", new[] { 4 }, "FullyConnected Reshape")]
    [InlineData("abcd,abce->abde", new[] { 1, 2, 3, 5 }, "MatMul")]
    [InlineData("abcd,abed->abce", new[] { 1, 2, 5, 4 }, "MatMul")]
    [InlineData("ed,abcd->eabc", new[] { 6, 4 }, "Reshape MatMul Reshape")]
    [InlineData("abcd,abed->abec", new[] { 1, 2, 5, 4 }, "MatMul")]
    [InlineData("abcd,abcd->", new[] { 1, 2, 3, 4 }, "Reshape FullyConnected Reshape")]
    [InlineData("abcd,ce->abde", new[] { 3, 5 }, "Einsum")]
    [InlineData("abcd,adde->abce", new[] { 1, 4, 4, 5 }, "Einsum")]
    [InlineData("...cd,...de->...ce", new[] { 3, 1, 4, 5 }, "Einsum")]
    [InlineData("abcd,bd->b", new[] { 2, 4 }, "Einsum")]
    public void Einstein_sums_that_move_no_elements_are_matrix_products(string equation, int[] shape, string operations)
    {
        Operation[] after = Graphs.Optimised(Graphs.Of([1, 2, 3, 4], (builder, x) =>
        {
            Value other = Graphs.Random("other", shape);
            return builder.Add("sum", new Einsum(equation), equation.StartsWith("ed", StringComparison.Ordinal) ? [other, x] : [x, other]);
        }));
        Assert.Equal(operations, string.Join(" ", after.Select(operation => operation.GetType().Name)));
    }

    [Fact]
    public void Zeros_around_an_image_become_the_padding_of_the_convolution()
    {
        Operation[] after = Graphs.Optimised(Graphs.Of([1, 5, 6, 2], (builder, x) =>
        {
            Value padded = builder.Add("pad", new Pad(PadMode.Constant), x, GraphBuilder.Constant("paddings", Tensor.Of(Shape.Of(4, 2), [0, 0, 1, 2, 0, 1, 0, 0])));
            return builder.Add("conv", Plain with { Strides = (2, 2) }, padded, Graphs.Random("weights", 3, 3, 2, 4));
        }));
        Assert.Equal("(1, 2) (0, 1)", Assert.IsType<Convolution>(Assert.Single(after)).Padding.ToString());
    }

    [Fact]
    public void Ones_around_an_image_stay()
    {
        Operation[] after = Graphs.Optimised(Graphs.Of([1, 5, 6, 2], (builder, x) =>
        {
            Value paddings = GraphBuilder.Constant("paddings", Tensor.Of(Shape.Of(4, 2), [0, 0, 1, 2, 0, 1, 0, 0]));
            Value padded = builder.Add("pad", new Pad(PadMode.Constant), x, paddings, Graphs.Scalar("one", 1));
            return builder.Add("conv", Plain, padded, Graphs.Random("weights", 3, 3, 2, 4));
        }));
        Assert.Equal(2, after.Length);
    }

    [Fact]
    public void Dropout_that_keeps_everything_disappears()
    {
        Operation[] after = Graphs.Optimised(Graphs.Of([1, 6], (builder, x) =>
        {
            Value keep = Graphs.Scalar("keep", 1);
            Value random = builder.Add("random", new RandomUniform(DataType.Float32), Graphs.Integers("shape", 1, 6));
            Value mask = builder.Add("mask", new Unary(UnaryKind.Floor), builder.Add("kept", new Binary(BinaryKind.Add), keep, random));
            Value scaled = builder.Add("scaled", new Binary(BinaryKind.Divide), x, keep);
            Value dropped = builder.Add("dropped", new Binary(BinaryKind.Multiply), scaled, mask);
            return builder.Add("relu", new Unary(UnaryKind.Tanh), dropped);
        }));
        Assert.IsType<Unary>(Assert.Single(after));
    }

    [Fact]
    public void Swish_and_hard_swish_are_found()
    {
        Operation[] after = Graphs.Optimised(Graphs.Of([1, 6], (builder, x) =>
        {
            Value swish = builder.Add("swish", new Binary(BinaryKind.Multiply), x, builder.Add("sigmoid", new Unary(UnaryKind.Sigmoid), x));
            Value shifted = builder.Add("shifted", new Binary(BinaryKind.Add), swish, Graphs.Scalar("three", 3));
            Value gate = builder.Add("gate", new Binary(BinaryKind.Multiply), builder.Add("relu6", new Unary(UnaryKind.Relu6), shifted), Graphs.Scalar("sixth", 1f / 6));
            return builder.Add("hard", new Binary(BinaryKind.Multiply), gate, swish);
        }));
        Assert.Equal([new Unary(UnaryKind.Swish), new Unary(UnaryKind.HardSwish)], after);
    }

    [Fact]
    public void Transposes_around_layers_with_channels_first_cancel()
    {
        Operation[] after = Graphs.Optimised(Graphs.Of([1, 2, 5, 6], (builder, x) =>
        {
            Value y = x;
            foreach (string name in new[] { "first", "second" })
            {
                Value last = builder.Add($"{name}/last", new Transpose(), y, Graphs.Integers("last", 0, 2, 3, 1));
                Value conv = builder.Add(name, Plain, last, Graphs.Random(name + "weights", 1, 1, 2, 2));
                y = builder.Add($"{name}/relu", new Unary(UnaryKind.Relu), builder.Add($"{name}/first", new Transpose(), conv, Graphs.Integers("first", 0, 3, 1, 2)));
            }
            return y;
        }));
        Assert.Equal([typeof(Transpose), typeof(Convolution), typeof(Convolution), typeof(Transpose)], after.Select(operation => operation.GetType()));
    }

    [Fact]
    public void A_batch_norm_in_front_of_a_convolution_becomes_a_depthwise_one()
    {
        Operation[] after = Graphs.Optimised(Graphs.Of([1, 4, 4, 3], (builder, x) =>
        {
            Value ones = GraphBuilder.Constant("ones", Tensor.Of(Shape.Of(3), [1f, 1f, 1f]));
            Value y = builder.Add("norm", new BatchNorm(0.01f), x, Graphs.Random("gamma", 3), Graphs.Random("beta", 3), Graphs.Random("mean", 3), ones);
            y = builder.Add("relu", new Unary(UnaryKind.Relu), y);
            return builder.Add("conv", Plain with { Padding = Padding.Same }, y, Graphs.Random("weights", 3, 3, 3, 4));
        }));
        Assert.Equal([typeof(DepthwiseConvolution), typeof(Convolution)], after.Select(operation => operation.GetType()));
        Assert.Equal(new Clamp(0, float.PositiveInfinity), ((DepthwiseConvolution)after[0]).Clamp);
    }
}
