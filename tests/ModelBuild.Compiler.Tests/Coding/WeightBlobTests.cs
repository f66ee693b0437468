using System.Runtime.InteropServices;
using ModelBuild.Compiler.Coding;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Tests.Coding;

public class WeightBlobTests
{
    [Fact]
    public void Reads_what_lies_side_by_side_in_different_codings()
    {
        float[] bias = [1.5f, -2.25f];
        sbyte[] weights = [.. Enumerable.Range(0, 900).Select(i => (sbyte)(i % 5 - 2))];
        byte[] coded = RansEncoder.Encode(weights);
        WeightBlob blob = new([.. MemoryMarshal.AsBytes(bias.AsSpan()), .. coded, 7, 0, 0, 0]);
        Assert.Equal(bias, blob.Read<float>(0, 8, 2, "Raw"));
        Assert.Equal(weights, blob.Read<sbyte>(8, coded.Length, 900, "Rans"));
        Assert.Equal([7], blob.Read<int>(8 + coded.Length, 4, 1, "Raw"));
    }

    [Fact]
    public void Raw_elements_are_little_endian() =>
        Assert.Equal([0x04030201], new WeightBlob([1, 2, 3, 4]).Read<int>(0, 4, 1, "Raw"));

    [Theory]
    [InlineData(0, 5, 5)]
    [InlineData(-1, 2, 2)]
    [InlineData(5, 0, 0)]
    [InlineData(2, int.MaxValue, 2)]
    [InlineData(0, 4, 3)]
    [InlineData(0, 4, -4)]
    public void What_does_not_fit_is_an_error(int offset, int bytes, int length) =>
        Assert.Throws<InvalidDataException>(() => new WeightBlob(new byte[4]).Read<sbyte>(offset, bytes, length, "Raw"));

    [Fact]
    public void An_unknown_coding_is_an_error()
    {
        WeightBlob blob = new(new byte[4]);
        Assert.Throws<InvalidDataException>(() => blob.Read<sbyte>(0, 4, 4, "Zip"));
        Assert.Throws<InvalidDataException>(() => blob.Read<float>(0, 4, 1, "Rans"));
    }

    [Fact]
    public void A_missing_resource_is_an_error() =>
        Assert.Throws<InvalidDataException>(() => WeightBlob.Open(typeof(WeightBlobTests).Assembly, "no.such.resource", 4));
}
