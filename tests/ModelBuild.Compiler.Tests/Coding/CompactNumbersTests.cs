using CsCheck;
using ModelBuild.Compiler.Coding;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Tests.Coding;

public class CompactNumbersTests
{
    [Fact]
    public void Integers_come_back() => Gen.Select(Gen.Int.Array[0, 40], Gen.Int[0, 31]).Sample((values, shift) =>
    {
        int[] shifted = [.. values.Select(value => value >> shift << shift)], read = new int[values.Length];
        CompactNumbers.DecodeVarints(CompactNumbersEncoder.EncodeVarints(shifted), read);
        return read.SequenceEqual(shifted);
    });

    [Fact]
    public void Multipliers_of_the_grid_take_two_bytes() => Gen.Float[1e-6f, 10].Array[0, 20].Sample(values =>
    {
        float[] rounded = Array.ConvertAll(values, MultiplierGrid.Round), read = new float[values.Length];
        byte[] coded = CompactNumbersEncoder.EncodeUpperHalves(rounded)!;
        CompactNumbers.DecodeUpperHalves(coded, read);
        return coded.Length == 2 * values.Length && read.SequenceEqual(rounded) && values.Zip(rounded).All(pair => Math.Abs(pair.First / pair.Second - 1) <= 1f / 256);
    });

    [Fact]
    public void Scales_rounded_up_have_multipliers_of_the_grid() => Gen.Select(Gen.Float[1e-6f, 1], Gen.Float[1e-3f, 1e3f]).Sample((scale, ratio) =>
    {
        float rounded = MultiplierGrid.RoundScaleUp(scale, ratio);
        float multiplier = rounded * ratio;
        return rounded >= scale * 0.999999f && rounded <= scale * (1 + 1f / 127) && Math.Abs(multiplier / MultiplierGrid.Round(multiplier) - 1) < 1e-6f;
    });

    [Fact]
    public void Damaged_bytes_are_errors()
    {
        byte[][] damaged = [[], [32, 1], [0], [0, 0x80], [0, 1, 1], [0, 0x80, 0x80, 0x80, 0x80, 0x80, 1]];
        foreach (byte[] bytes in damaged) Assert.Throws<InvalidDataException>(() => CompactNumbers.DecodeVarints(bytes, new int[1]));
        Assert.Throws<InvalidDataException>(() => CompactNumbers.DecodeUpperHalves([1, 2, 3], new float[1]));
        Assert.Null(CompactNumbersEncoder.EncodeUpperHalves([0.1f]));
    }
}
