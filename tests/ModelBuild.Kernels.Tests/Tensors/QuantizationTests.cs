namespace ModelBuild.Kernels.Tests.Tensors;

/// <summary>TensorFlow's quantised numbers: known integers, round trips, slices with ranges of their own.</summary>
public sealed class QuantizationTests
{
    private static QuantizeSettings Settings(QuantizationMode mode, int axis = -1, bool halfToEven = false, bool narrowRange = false) =>
        new(mode, axis, halfToEven, narrowRange, LeastRange: 0.01f);

    private static T[] Quantized<T>(QuantizeSettings settings, float[] x, float minimum, float maximum, out float low, out float high)
        where T : System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
    {
        T[] integers = new T[x.Length];
        float[] least = new float[1], greatest = new float[1];
        QuantizeTensor.Run(settings, x, [x.Length], [minimum], [maximum], integers, least, greatest);
        (low, high) = (least[0], greatest[0]);
        return integers;
    }

    [Fact]
    public void MinCombinedPutsTheEndsOfTheRangeOnTheEndsOfTheType()
    {
        Assert.Equal([0, 0, 128, 255, 255], Quantized<byte>(Settings(QuantizationMode.MinCombined), [-9, -1, 0, 1, 9], -1, 1, out _, out _));
        Assert.Equal([-128, -128, -1, 127, 127], Quantized<sbyte>(Settings(QuantizationMode.MinCombined), [-9, -1, 0, 1, 9], -1, 1, out _, out _));
    }

    [Fact]
    public void ScaledRoundsHalvesAsTold()
    {
        Assert.Equal([1, 3, -1, -3], Quantized<sbyte>(Settings(QuantizationMode.Scaled), [0.5f, 2.5f, -0.5f, -2.5f], -127, 127, out _, out _));
        Assert.Equal([0, 2, 0, -2], Quantized<sbyte>(Settings(QuantizationMode.Scaled, halfToEven: true), [0.5f, 2.5f, -0.5f, -2.5f], -127, 127, out _, out _));
        Quantized<sbyte>(Settings(QuantizationMode.Scaled, narrowRange: true), [0], -1, 0.5f, out float low, out float high);
        Assert.Equal((-1f, 1f), (low, high));
    }

    [Fact]
    public void RangesHoldZeroAndAreNotEmpty()
    {
        Quantized<byte>(Settings(QuantizationMode.MinFirst), [5], 5, 5, out float low, out float high);
        Assert.Equal((0f, 5f), (low, high));
        Quantized<byte>(Settings(QuantizationMode.MinFirst), [0], 0, 0, out low, out high);
        Assert.Equal((0f, 0.01f), (low, high));
        Assert.Throws<ArgumentException>(() => Quantized<byte>(Settings(QuantizationMode.MinFirst), [0], 1, -1, out _, out _));
    }

    [Theory]
    [InlineData("MinCombined")]
    [InlineData("MinFirst")]
    [InlineData("Scaled")]
    public void SlicesHaveTheirOwnRanges(string name)
    {
        QuantizationMode mode = Enum.Parse<QuantizationMode>(name);
        float[] x = [.. Enumerable.Range(0, 24).Select(i => MathF.Sin(i) * (1 + i))];
        float[] minimum = [-3, -9, -20], maximum = [4, 10, 25], low = new float[3], high = new float[3], back = new float[24];
        sbyte[] integers = new sbyte[24];
        QuantizeTensor.Run(Settings(mode, axis: 1), x, [2, 3, 4], minimum, maximum, integers, low, high);
        DequantizeTensor.Run<sbyte>(mode, 1, false, integers, [2, 3, 4], low, high, back);
        for (int i = 0; i < x.Length; i++)
        {
            int slice = i / 4 % 3;
            float step = (high[slice] - low[slice]) / 255;
            Assert.Equal(Math.Clamp(x[i], low[slice], high[slice]), back[i], step * 1.01f);
        }
    }

    [Fact]
    public void ZeroIsExactInAnyRange()
    {
        for (int i = 0; i < 50; i++)
        {
            (float low, float high) = (-0.1f * i - 0.01f, 7 - 0.1f * i);
            byte zero = QuantizedNumbers.FromReal<byte>(0, low, high);
            Assert.Equal(0f, QuantizedNumbers.ToReal(zero, low, high), 1e-6f);
            float[] centered = new float[1];
            SubtractZeroPoint.Run<byte>([zero], low, high, centered);
            Assert.Equal(0, centered[0]);
        }
    }

    [Fact]
    public void FixedPointAgreesWithFloats()
    {
        int[] source = [.. Enumerable.Range(-20, 41).Select(i => i * 50_000_000)];
        byte[] actual = new byte[source.Length];
        RequantizeTensor.Run<int, byte>(source, (-8, 8), (-2, 3), actual);
        for (int i = 0; i < source.Length; i++)
            Assert.InRange(actual[i] - QuantizedNumbers.FromReal<byte>(QuantizedNumbers.ToReal(source[i], -8, 8), -2, 3), -1, 1);
    }

    [Fact]
    public void FakeQuantizationMovesTheRangeOntoZero()
    {
        float[] actual = new float[4];
        FakeQuantize.Run([-9, 0, 0.3f, 9], [-1.1f], [1.1f], 2, narrowRange: false, actual);
        float step = 2.2f / 3;
        // The zero point 1.5 goes to 2: steps at -2, -1, 0 and 1.
        for (int i = 0; i < 4; i++) Assert.Equal(new[] { -2 * step, 0, 0, step }[i], actual[i], 1e-6f);
        FakeQuantize.Run([5, 5, -5, -5], [0, -1], [0, 1], 8, narrowRange: true, actual);
        for (int i = 0; i < 4; i++) Assert.Equal(new[] { 0f, 1, 0, -1 }[i], actual[i], 1e-6f);
    }

    [Fact]
    public void RoundsToSymmetricSteps()
    {
        double[] actual = new double[3];
        QuantizeAndDequantize.Run<double>(new QuantizeAndDequantizeSettings(3, true, false, true, true, -1), [-9, 0.4, 9], [3], [-4], [1], actual);
        Assert.Equal([-4.0, 0, 3], actual);
        QuantizeAndDequantize.Run<double>(new QuantizeAndDequantizeSettings(3, false, false, false, false, -1), [-1, 0.5, 9], [3], [0], [7], actual);
        Assert.Equal([-1.0, 1, 9], actual);
    }
}
