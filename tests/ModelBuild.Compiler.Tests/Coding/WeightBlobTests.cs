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

    [Fact]
    public void What_a_second_thread_decodes_is_the_same()
    {
        sbyte[][] tensors = Tensors();
        (byte[] bytes, int[] ahead) = Coded(tensors);
        for (int round = 0; round < 20; round++)
        {
            using WeightBlob blob = new(bytes, ahead);
            for (int i = 0; i < tensors.Length; i++) Assert.Equal(tensors[i], Read(blob, ahead, i));
        }
    }

    [Fact]
    public void Tensors_that_are_read_in_another_order_are_the_same()
    {
        sbyte[][] tensors = Tensors();
        (byte[] bytes, int[] ahead) = Coded(tensors);
        using WeightBlob blob = new(bytes, ahead);
        foreach (int i in new[] { 7, 0, 0, 2, 1, 30, 3 }) Assert.Equal(tensors[i], Read(blob, ahead, i));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(39)]
    public void Damage_is_the_error_of_the_tensor_that_has_it(int damaged)
    {
        sbyte[][] tensors = Tensors();
        (byte[] bytes, int[] ahead) = Coded(tensors);
        // A word in the middle: the states at the end are impossible then.
        bytes[ahead[3 * damaged] + ahead[3 * damaged + 1] / 2] ^= 0x55;
        for (int round = 0; round < 20; round++)
        {
            using WeightBlob blob = new(bytes, ahead);
            for (int i = 0; i < damaged; i++) Assert.Equal(tensors[i], Read(blob, ahead, i));
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(blob, ahead, damaged));
            Assert.StartsWith("The model's weights are damaged", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_tensor_that_is_said_to_lie_outside_is_an_error_however_it_is_decoded()
    {
        (byte[] bytes, int[] ahead) = Coded(Tensors());
        ahead[^2] = bytes.Length;
        using WeightBlob blob = new(bytes, ahead);
        for (int i = 0; i < ahead.Length / 3 - 1; i++) Read(blob, ahead, i);
        Assert.Throws<InvalidDataException>(() => Read(blob, ahead, ahead.Length / 3 - 1));
    }

    [Fact]
    public void What_is_not_read_need_not_be_decoded()
    {
        (byte[] bytes, int[] ahead) = Coded(Tensors());
        for (int round = 0; round < 20; round++)
        {
            WeightBlob blob = new(bytes, ahead);
            if (round % 2 == 0) Read(blob, ahead, 0);
            Assert.Null(Record.Exception(blob.Dispose));
        }
    }

    private static sbyte[] Read(WeightBlob blob, int[] ahead, int i) =>
        blob.Read<sbyte>(ahead[3 * i], ahead[3 * i + 1], ahead[3 * i + 2], "Rans");

    /// <summary>Forty tensors of different lengths.</summary>
    private static sbyte[][] Tensors()
    {
        Random random = new(11);
        return [.. Enumerable.Range(0, 40).Select(i => Enumerable.Range(0, 500 + 300 * i).Select(_ => (sbyte)random.Next(-40, 41)).ToArray())];
    }

    /// <summary>A blob of tensors; offset, bytes and length of each.</summary>
    private static (byte[] Bytes, int[] Ahead) Coded(sbyte[][] tensors)
    {
        List<byte> bytes = [];
        List<int> ahead = [];
        foreach (sbyte[] tensor in tensors)
        {
            byte[] coded = RansEncoder.Encode(tensor);
            ahead.AddRange([bytes.Count, coded.Length, tensor.Length]);
            bytes.AddRange(coded);
        }
        return ([.. bytes], [.. ahead]);
    }
}
