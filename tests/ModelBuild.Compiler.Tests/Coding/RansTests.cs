using CsCheck;
using ModelBuild.Compiler.Coding;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Tests.Coding;

public class RansTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(1001)]
    public void Gives_back_weights_of_any_length(int length) => AssertRoundTrip(Weights(length, spread: 12));

    [Fact]
    public void Gives_back_any_weights() =>
        Gen.SByte.Array[0, 300].Sample(weights => AssertRoundTrip(weights));

    [Theory]
    [InlineData(0)]
    [InlineData(-128)]
    [InlineData(127)]
    public void A_constant_tensor_takes_a_few_bytes(int value)
    {
        sbyte[] weights = new sbyte[10_000];
        Array.Fill(weights, (sbyte)value);
        AssertRoundTrip(weights);
        Assert.InRange(RansEncoder.Encode(weights).Length, 1, 24);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(40)]
    public void Is_within_one_percent_of_the_entropy(double spread)
    {
        sbyte[] weights = Weights(100_000, spread);
        double bits = weights.GroupBy(weight => weight).Sum(group => -group.Count() * Math.Log2(group.Count() / (double)weights.Length));
        Assert.InRange(RansEncoder.Encode(weights).Length, bits / 8, bits / 8 * 1.01);
    }

    [Fact]
    public void Few_weights_cost_little_more_than_their_entropy()
    {
        sbyte[] weights = Weights(400, spread: 3);
        double bits = weights.GroupBy(weight => weight).Sum(group => -group.Count() * Math.Log2(group.Count() / (double)weights.Length));
        Assert.InRange(RansEncoder.Encode(weights).Length, bits / 8, bits / 8 + 16);
    }

    [Fact]
    public void A_rare_symbol_among_many_frequent_ones_keeps_a_frequency()
    {
        sbyte[] weights = new sbyte[1_000_000];
        weights[777_777] = -5;
        AssertRoundTrip(weights);
        Assert.InRange(RansEncoder.Encode(weights).Length, 1, 150);
    }

    [Fact]
    public void Gives_back_kernels_of_any_shape() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 7], Gen.Double[0.2, 40]).Sample((outputs, height, width, channels, spread) =>
            AssertRoundTrip(Kernels(outputs, height, width, channels, spread), outputs, height, width, channels));

    [Fact]
    public void Neighbours_in_a_kernel_shorten_the_code()
    {
        sbyte[] kernels = Kernels(64, 3, 3, 32, spread: 8);
        AssertRoundTrip(kernels, 64, 3, 3, 32);
        Assert.InRange(RansEncoder.Encode(kernels, 64, 3, 3, 32).Length, 1, RansEncoder.Encode(kernels).Length * 0.97);
    }

    [Theory]
    [InlineData(0.3, 16, 3, 4)]
    [InlineData(0.3, 64, 1, 64)]
    [InlineData(5, 64, 3, 16)]
    [InlineData(30, 8, 1, 16)]
    [InlineData(30, 128, 1, 64)]
    public void The_length_is_told_without_coding(double spread, int outputs, int kernel, int channels)
    {
        int[] shape = [outputs, kernel, kernel, channels];
        sbyte[] kernels = Kernels(outputs, kernel, kernel, channels, spread);
        int bytes = RansEncoder.Encode(kernels, shape).Length;
        CodeLength length = CodeLength.Of(kernels, shape);
        Assert.InRange(length.Bits / 8, bytes * 0.98 - 2, bytes * 1.02 + 2);
        double levels = kernels.Sum(level => length.LevelBits(level));
        Assert.InRange(levels / 8, bytes * 0.8, bytes * 1.3);
        Assert.InRange(length.LevelBits(-127), length.LevelBits(0), RansTables.ScaleBits);
    }

    [Fact]
    public void Every_truncation_is_an_error()
    {
        sbyte[] weights = Weights(500, spread: 9);
        byte[] coded = RansEncoder.Encode(weights);
        for (int length = 0; length < coded.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => RansDecoder.Decode(coded.AsSpan(0, length), new sbyte[weights.Length]));
        }
    }

    [Fact]
    public void Another_number_of_weights_is_an_error()
    {
        byte[] coded = RansEncoder.Encode(Weights(500, spread: 9));
        foreach (int length in new[] { 0, 1, 499, 501, 5000 })
        {
            Assert.Throws<InvalidDataException>(() => RansDecoder.Decode(coded, new sbyte[length]));
        }
    }

    [Theory]
    [InlineData(500, 1, 4)]
    [InlineData(30, 3, 2)]
    [InlineData(200, 3, 4)]
    public void Damaged_bytes_never_give_anything_but_weights_or_the_error(int outputs, int kernel, int channels)
    {
        sbyte[] weights = Kernels(outputs, kernel, kernel, channels, spread: 9);
        byte[] coded = RansEncoder.Encode(weights, outputs, kernel, kernel, channels);
        int errors = 0;
        for (int position = 0; position < coded.Length; position++)
        {
            byte[] damaged = [.. coded];
            damaged[position] ^= (byte)(1 + position % 255);
            try
            {
                RansDecoder.Decode(damaged, new sbyte[weights.Length]);
            }
            catch (InvalidDataException)
            {
                errors++;
            }
        }
        // The states at the end are a checksum, a short one of a single stream.
        Assert.InRange(errors, coded.Length * 95 / 100, coded.Length);
    }

    [Fact]
    public void Any_header_gives_weights_or_the_error() => Gen.Select(Gen.Byte.Array[1, 40], Gen.Int[0, 300]).Sample((bytes, length) =>
    {
        // Flags that are known, levels from -a to a.
        bytes[0] &= 0xF3;
        if (bytes.Length > 2) bytes[2] = (byte)-(sbyte)bytes[1];
        Assert.Throws<InvalidDataException>(() => RansDecoder.Decode(bytes, new sbyte[length]));
    });

    [Fact]
    public void Noise_is_an_error()
    {
        Random random = new(3);
        for (int length = 0; length < 400; length++)
        {
            byte[] noise = new byte[length];
            random.NextBytes(noise);
            Assert.Throws<InvalidDataException>(() => RansDecoder.Decode(noise, new sbyte[1000]));
        }
    }

    private static void AssertRoundTrip(sbyte[] weights, params int[] shape)
    {
        byte[] coded = RansEncoder.Encode(weights, shape);
        sbyte[] decoded = new sbyte[weights.Length];
        RansDecoder.Decode(coded, decoded);
        Assert.Equal(weights, decoded);
    }

    /// <summary>Kernels whose weights are like those beside them.</summary>
    private static sbyte[] Kernels(int outputs, int height, int width, int channels, double spread)
    {
        sbyte[] weights = Weights(outputs * height * width * channels, spread);
        for (int i = 0; i < weights.Length; i++)
        {
            int place = i / channels % (height * width);
            int left = place % width > 0 ? weights[i - channels] : 0, above = place >= width ? weights[i - channels * width] : 0;
            weights[i] = (sbyte)Math.Clamp(weights[i] + (left + above) / 2, -127, 127);
        }
        return weights;
    }

    /// <summary>Weights with two-sided exponential noise, as trained ones have.</summary>
    private static sbyte[] Weights(int length, double spread)
    {
        Random random = new(5);
        sbyte[] weights = new sbyte[length];
        for (int i = 0; i < length; i++)
        {
            double magnitude = -Math.Log(1 - random.NextDouble()) * spread;
            weights[i] = (sbyte)Math.Clamp(Math.Round(random.Next(2) == 0 ? magnitude : -magnitude), -127, 127);
        }
        return weights;
    }
}
