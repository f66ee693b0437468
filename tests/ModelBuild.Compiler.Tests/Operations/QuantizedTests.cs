using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Tests.Operations;

/// <summary>Operations on quantised numbers, where they are more than a float operation between two conversions.</summary>
public sealed class QuantizedTests
{
    private static readonly Tensor Zero = Arrays.One(0f), Most = Arrays.One(255f);

    private static Tensor Bytes(int[] shape, params byte[] integers) => new(DataType.QUInt8, Shape.Of(shape), integers);

    private static float[] Real(IReadOnlyList<Tensor> outputs) =>
        new OneNode("Dequantize") { { "mode", "MIN_FIRST" } }.Run(outputs[0], outputs[1], outputs[2]).Elements<float>().ToArray();

    [Fact]
    public void RangesOfSlices()
    {
        OneNode quantize = new("QuantizeV2") { { "T", DataType.QInt8 }, { "mode", "SCALED" }, { "axis", 1L }, { "narrow_range", true } };
        IReadOnlyList<Tensor> outputs = quantize.Outputs(3, 1, Arrays.Of([1, 2], 1f, -4), Arrays.Row(-1f, -8), Arrays.Row(0.5f, 2));
        Assert.Equal([127, -64], outputs[0].Elements<sbyte>().ToArray());
        Arrays.EqualRow(new[] { 1f, 8 }, outputs[2]);
        // A single slice has a range without dimensions.
        Assert.Equal(Shape.Scalar, quantize.Outputs(3, 0, Arrays.Of([2, 1], 1f, 2), Arrays.Row(-1f), Arrays.Row(1f))[1].Shape);
        Assert.Throws<ModelBuildException>(() => quantize.Run(Arrays.Of([1, 3], 1f, 2, 3), Arrays.Row(-1f, -8), Arrays.Row(0.5f, 2)));
    }

    [Fact]
    public void DequantizeTakesScaledIntegersAsTheyAre()
    {
        Tensor integers = new(DataType.QInt8, Shape.Of(2), new sbyte[] { -127, 127 });
        Tensor[] inputs = [integers, Arrays.One(-1f), Arrays.One(0.5f)];
        float full = new OneNode("Dequantize") { { "mode", "SCALED" } }.Run(inputs).Elements<float>()[1];
        Assert.Equal(127f / 128, full, 1e-6f);
        Assert.Equal(1, new OneNode("Dequantize") { { "mode", "SCALED" }, { "narrow_range", true } }.Run(inputs).Elements<float>()[1], 1e-6f);
        Assert.Equal(DataType.BFloat16, new OneNode("Dequantize") { { "dtype", DataType.BFloat16 } }.Run(inputs).Type);
    }

    [Fact]
    public void EightBitConvolutionsLeaveOutPixelsEvenly()
    {
        // 4 pixels, windows of 1 pixel, stride 4: Conv2D reads the first, the eight-bit one the second.
        OneNode convolution = new("QuantizedConv2D") { { "strides", [1, 4, 4, 1] }, { "padding", "VALID" } };
        Tensor[] inputs = [Bytes([1, 1, 4, 1], 10, 20, 30, 40), Bytes([1, 1, 1, 1], 2), Zero, Most, Zero, Most];
        IReadOnlyList<Tensor> outputs = convolution.Outputs(3, 0, inputs);
        Arrays.Equal([1, 1, 1, 1], new[] { 40 }, new Tensor(DataType.Int32, outputs[0].Shape, outputs[0].Data));
        // The range of an int32 ends half a step beyond its integers.
        Assert.Equal(40.5f, Real(outputs)[0], 1e-3f);
        Assert.Throws<ModelBuildException>(() => convolution.Import(3, 1, inputs));
    }

    [Fact]
    public void SumsHaveRoomForBothOperands()
    {
        Tensor[] operands = [Bytes([2], 0, 255), Bytes([1], 255), Zero, Arrays.One(2f), Arrays.One(-3f), Arrays.One(3f)];
        Assert.Equal([3f, 5], Real(new OneNode("QuantizedAdd").Outputs(3, 2, operands)), (want, got) => Math.Abs(want - got) < 0.05f);
        operands[1] = Bytes([2], 255, 0);
        Assert.Equal([3f, -1], Real(new OneNode("QuantizedBiasAdd").Outputs(3, 2, operands)), (want, got) => Math.Abs(want - got) < 0.02f);
    }

    [Fact]
    public void ActivationsLimitIntegers()
    {
        IReadOnlyList<Tensor> outputs = new OneNode("QuantizedReluX").Outputs(
            3, 1, Bytes([3], 0, 140, 255), Arrays.One(2f), Arrays.One(-4f), Arrays.One(4f));
        Assert.Equal(new byte[] { 128, 140, 192 }, outputs[0].Elements<byte>().ToArray());
    }

    [Fact]
    public void PartsOfAConcatenationShareARange()
    {
        Tensor[] inputs = [Arrays.One(0), Bytes([1], 255), Bytes([1], 0), Zero, Arrays.One(-2f), Arrays.One(1f), Arrays.One(2f)];
        IReadOnlyList<Tensor> outputs = new OneNode("QuantizedConcat").Outputs(3, 0, inputs);
        Assert.Equal((-2f, 2f), (outputs[1].Elements<float>()[0], outputs[2].Elements<float>()[0]));
        Assert.Equal([1f, -2], Real(outputs), (want, got) => Math.Abs(want - got) < 0.03f);
    }

    [Fact]
    public void NormalisesByStoredStatistics()
    {
        Tensor[] Operand(float value) => [Bytes([1], 255), Zero, Arrays.One(value)];
        OneNode norm = new("QuantizedBatchNormWithGlobalNormalization") { { "variance_epsilon", 0f }, { "scale_after_normalization", true } };
        Tensor[] inputs = [Bytes([1, 1, 2, 1], 0, 255), Zero, Arrays.One(5f), .. Operand(1), .. Operand(4), .. Operand(0.5f), .. Operand(3)];
        Assert.Equal([-1f, 6.5f], Real(norm.Outputs(3, 1, inputs)), (want, got) => Math.Abs(want - got) < 0.02f);
    }

    [Fact]
    public void NormalisesByTheStatisticsOfTheImage()
    {
        OneNode norm = new("QuantizedInstanceNorm") { { "variance_epsilon", 0f } };
        IReadOnlyList<Tensor> outputs = norm.Outputs(3, 1, Bytes([1, 2, 2, 1], 0, 0, 255, 255), Arrays.One(-1f), Arrays.One(7f));
        Assert.Equal([0, 0, 255, 255], outputs[0].Elements<byte>().ToArray());
        Assert.Equal(1, outputs[2].Elements<float>()[0], 1e-5f);
        norm = new OneNode("QuantizedInstanceNorm") { { "output_range_given", true }, { "given_y_max", 1f } };
        outputs = norm.Outputs(3, 1, Bytes([1, 1, 1, 1], 9), Zero, Most);
        Assert.Equal((0f, 1f), (outputs[1].Elements<float>()[0], outputs[2].Elements<float>()[0]));
    }

    [Fact]
    public void RoundsToTheStepsOfItsOwnRange()
    {
        Tensor x = Arrays.Of([2, 2], -1f, 0.4f, 10, 20);
        OneNode round = new("QuantizeAndDequantizeV3") { { "axis", 0L }, { "range_given", false } };
        Tensor unread = Arrays.Row(0f, 0);
        float[] rounded = round.Feed(1, x, unread, unread, Arrays.One(2)).Elements<float>().ToArray();
        // Two bits: steps of -2 to 1, the range of the first row making them 1/2 long, that of the second 20.
        Assert.Equal([-1f, 0.5f, 0, 20], rounded);
        Assert.Throws<ModelBuildException>(() => round.Run(x, unread, unread, Arrays.One(63)));
    }

    [Fact]
    public void FakeQuantizationHasUpTo16Bits()
    {
        OneNode quantize = new("FakeQuantWithMinMaxArgs") { { "num_bits", 2L }, { "min", 0f }, { "max", 3f } };
        Arrays.EqualRow(new[] { 0f, 1, 2, 3 }, quantize.Feed(1, Arrays.Row(-1f, 0.5f, 2.4f, 9)));
        Assert.Throws<ModelBuildException>(() => new OneNode("FakeQuantWithMinMaxArgs") { { "num_bits", 17L } }.Run(Arrays.Row(1f)));
        Assert.Throws<ModelBuildException>(() => new OneNode("FakeQuantWithMinMaxVarsPerChannel").Run(
            Arrays.Row(1f, 2), Arrays.Row(0f, 0, 0), Arrays.Row(1f, 1, 1)));
    }
}
