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
    public void Is_within_one_percent_of_the_entropy_and_a_header(double spread)
    {
        sbyte[] weights = Weights(100_000, spread);
        int[] counts = RansFrequencies.Count(weights);
        double bits = counts.Where(count => count > 0).Sum(count => -count * Math.Log2(count / (double)weights.Length));
        int header = RansFrequencies.WriteHeader(RansFrequencies.Normalize(counts)).Length + RansTable.Streams * sizeof(uint);
        Assert.InRange(RansEncoder.Encode(weights).Length, bits / 8, bits / 8 * 1.01 + header);
    }

    [Fact]
    public void A_rare_symbol_among_many_frequent_ones_keeps_a_frequency()
    {
        sbyte[] weights = new sbyte[1_000_000];
        weights[777_777] = -5;
        AssertRoundTrip(weights);
    }

    [Fact]
    public void Frequencies_sum_to_the_scale_and_cover_what_occurs()
    {
        Gen.Int[0, 100_000].Array[256].Where(counts => counts.Any(count => count > 0)).Sample(counts =>
        {
            int[] frequencies = RansFrequencies.Normalize(counts);
            Assert.Equal(RansTable.Scale, frequencies.Sum());
            for (int symbol = 0; symbol < 256; symbol++) Assert.Equal(counts[symbol] > 0, frequencies[symbol] > 0);
        });
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

    [Fact]
    public void Damaged_bytes_never_give_anything_but_weights_or_the_error()
    {
        sbyte[] weights = Weights(2000, spread: 9);
        byte[] coded = RansEncoder.Encode(weights);
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
        Assert.InRange(errors, coded.Length * 9 / 10, coded.Length);
    }

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

    private static void AssertRoundTrip(sbyte[] weights)
    {
        byte[] coded = RansEncoder.Encode(weights);
        sbyte[] decoded = new sbyte[weights.Length];
        RansDecoder.Decode(coded, decoded);
        Assert.Equal(weights, decoded);
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
