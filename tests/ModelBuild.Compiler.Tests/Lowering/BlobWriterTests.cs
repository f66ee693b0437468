using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>What is written is read back by the run time; equal bytes are stored once.</summary>
public class BlobWriterTests
{
    [Fact]
    public void All_element_types_come_back()
    {
        BlobWriter writer = new();
        Check(writer, DataType.Bool, true, false);
        Check<sbyte>(writer, DataType.Int8, -128, 127);
        Check<byte>(writer, DataType.UInt8, 0, 255);
        Check<short>(writer, DataType.Int16, -32768, 1);
        Check<ushort>(writer, DataType.UInt16, 1, 65535);
        Check(writer, DataType.Int32, int.MinValue, 7);
        Check(writer, DataType.UInt32, uint.MaxValue, 7u);
        Check(writer, DataType.Int64, long.MinValue, 7);
        Check(writer, DataType.UInt64, ulong.MaxValue, 7ul);
        Check(writer, DataType.Float32, float.NegativeInfinity, -1.5f);
        Check(writer, DataType.Float64, double.Epsilon, -1.5);
        Check(writer, DataType.Float16, (Half)0.5f, Half.MaxValue);
        Check(writer, DataType.BFloat16, (BFloat16)1.5f, (BFloat16)(-3f));
        Check<sbyte>(writer, DataType.QInt8, 1, 2);
    }

    [Fact]
    public void Weights_are_entropy_coded_where_that_is_shorter()
    {
        BlobWriter writer = new();
        sbyte[] regular = [.. Enumerable.Range(0, 3000).Select(i => (sbyte)(i % 7 - 3))], noise = new sbyte[3000];
        new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(noise.AsSpan()));
        PlanTensor coded = writer.Add(regular, 3, 1000), raw = writer.Add(noise, 3000);
        Assert.Equal((WeightBlob.Rans, WeightBlob.Raw), (coded.Coding, raw.Coding));
        Assert.InRange(coded.Bytes, 1, 1200);
        Assert.Equal(regular, Read<sbyte>(writer, coded));
        Assert.Equal(noise, Read<sbyte>(writer, raw));
    }

    [Fact]
    public void Equal_contents_are_stored_once_whatever_their_names_types_and_shapes()
    {
        BlobWriter writer = new();
        PlanTensor first = writer.Add(new uint[] { 1, 2, 3, 4 }, 4), other = writer.Add(new[] { 5 }, 1);
        float[] sameBytes = Array.ConvertAll(new uint[] { 1, 2, 3, 4 }, BitConverter.UInt32BitsToSingle);
        PlanTensor square = writer.Add(sameBytes, 2, 2), nothing = writer.Add(Array.Empty<double>(), 0, 3);
        Assert.Equal(first.Offset, square.Offset);
        Assert.Equal([2, 2], square.Shape);
        Assert.Equal(4 * sizeof(uint) + other.Bytes, writer.Finish().Length);
        Assert.Equal([5], Read<int>(writer, other));
        Assert.Empty(Read<double>(writer, nothing));
    }

    [Fact]
    public void What_no_array_of_numbers_holds_is_refused_by_name()
    {
        Tensor text = new(DataType.String, Shape.Of(1), new byte[][] { [65] });
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => new BlobWriter().Add("vocabulary", text));
        Assert.Equal(DiagnosticCode.UnsupportedOperations, error.Code);
        Assert.Contains("vocabulary is of type String", error.Message, StringComparison.Ordinal);
    }

    private static void Check<T>(BlobWriter writer, DataType type, params T[] values) where T : unmanaged
    {
        PlanTensor tensor = writer.Add("x", new Tensor(type, Shape.Of(values.Length), values));
        Assert.Equal(values, Read<T>(writer, tensor));
        Assert.Equal(tensor, writer.Add(values, values.Length) with { Shape = tensor.Shape });
    }

    private static T[] Read<T>(BlobWriter writer, PlanTensor tensor) where T : unmanaged =>
        new WeightBlob(writer.Finish()).Read<T>(tensor.Offset, tensor.Bytes, tensor.Length, tensor.Coding);
}
