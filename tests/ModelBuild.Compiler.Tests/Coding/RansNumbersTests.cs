using CsCheck;
using ModelBuild.Compiler.Coding;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Tests.Coding;

public class RansNumbersTests
{
    [Fact]
    public void Integers_come_back() => Gen.Select(Gen.Int.Array[0, 40], Gen.Int[0, 31]).Sample((values, shift) =>
    {
        int[] shifted = [.. values.Select(value => value >> shift << shift)], read = new int[values.Length];
        RansNumbers.Decode(RansNumbersEncoder.Encode(shifted), read);
        return read.SequenceEqual(shifted);
    });

    [Fact]
    public void Extreme_integers_come_back()
    {
        foreach (int[] values in new int[][] { [int.MinValue, int.MaxValue, 0, -1], [int.MinValue], [int.MinValue, int.MinValue], [0, 0] })
        {
            int[] read = new int[values.Length];
            RansNumbers.Decode(RansNumbersEncoder.Encode(values), read);
            Assert.Equal(values, read);
        }
    }

    [Fact]
    public void Multipliers_of_the_grid_take_little_more_than_a_byte()
    {
        Random random = new(2);
        float[] rounded = [.. Enumerable.Range(0, 400).Select(_ => MultiplierGrid.Round(0.001f + 0.003f * random.NextSingle()))];
        uint[] bits = Array.ConvertAll(rounded, BitConverter.SingleToUInt32Bits);
        byte[] coded = RansFloatsEncoder.Encode(bits);
        uint[] decoded = new uint[bits.Length];
        RansFloats.Decode(coded, decoded);
        Assert.Equal(bits, decoded);
        Assert.InRange(coded.Length, 1, rounded.Length * 5 / 4);
    }

    [Fact]
    public void Scales_rounded_up_have_multipliers_of_the_grid() => Gen.Select(Gen.Float[1e-6f, 1], Gen.Float[1e-3f, 1e3f]).Sample((scale, ratio) =>
    {
        float rounded = MultiplierGrid.RoundScaleUp(scale, ratio);
        float multiplier = rounded * ratio;
        return rounded >= scale * 0.999999f && rounded <= scale * (1 + 1f / 127) && Math.Abs(multiplier / MultiplierGrid.Round(multiplier) - 1) < 1e-6f;
    });

    [Fact]
    public void Floats_of_any_bits_come_back() => Gen.UInt.Array[0, 40].Sample(bits =>
    {
        uint[] read = new uint[bits.Length];
        RansFloats.Decode(RansFloatsEncoder.Encode(bits), read);
        return read.SequenceEqual(bits);
    });

    [Fact]
    public void Halves_of_any_bits_come_back() => Gen.UShort.Array[0, 40].Sample(bits =>
    {
        ushort[] read = new ushort[bits.Length];
        RansFloats.Decode(RansFloatsEncoder.Encode(bits), read);
        return read.SequenceEqual(bits);
    });

    [Fact]
    public void Weights_in_float_and_half_get_shorter()
    {
        Random random = new(4);
        float[] weights = [.. Enumerable.Range(0, 5000).Select(_ => 0.1f * (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f))];
        Assert.InRange(RansFloatsEncoder.Encode(Array.ConvertAll(weights, BitConverter.SingleToUInt32Bits)).Length, 1, weights.Length * 4 * 0.9);
        Assert.InRange(RansFloatsEncoder.Encode(Array.ConvertAll(weights, weight => BitConverter.HalfToUInt16Bits((Half)weight))).Length, 1, weights.Length * 2 * 0.9);
    }

    [Fact]
    public void Damaged_bytes_are_numbers_or_the_error()
    {
        byte[] integers = RansNumbersEncoder.Encode([.. Enumerable.Range(-100, 300).Select(i => i * i * i)]);
        byte[] floats = RansFloatsEncoder.Encode([.. Enumerable.Range(1, 200).Select(i => BitConverter.SingleToUInt32Bits(1f / i))]);
        Check(integers, bytes => RansNumbers.Decode(bytes, new int[300]));
        Check(floats, bytes => RansFloats.Decode(bytes, new uint[200]));

        static void Check(byte[] coded, Action<byte[]> decode)
        {
            for (int i = 0; i < coded.Length; i++)
            {
                Assert.Throws<InvalidDataException>(() => decode(coded[..i]));
                byte[] damaged = [.. coded];
                damaged[i] ^= (byte)(1 + i % 255);
                if (Record.Exception(() => decode(damaged)) is { } error) Assert.IsType<InvalidDataException>(error);
            }
        }
    }
}
