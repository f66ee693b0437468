using System.Numerics;
using System.Text;
using CsCheck;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Tests.Data;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gives_back_tensors_of_any_type_and_shape()
    {
        Gen<Shape> shapes = Gen.Int[0, 4].Array[0, 5].Select(sizes => Shape.Of(sizes));
        Gen<Tensor> tensors = Gen.OneOf(
            Tensors(DataType.Float16, Gen.UShort.Select(BitConverter.UInt16BitsToHalf)),
            Tensors(DataType.Float32, Gen.Float), Tensors(DataType.Float64, Gen.Double),
            Tensors(DataType.Int8, Gen.SByte), Tensors(DataType.Int16, Gen.Short),
            Tensors(DataType.Int32, Gen.Int), Tensors(DataType.Int64, Gen.Long),
            Tensors(DataType.UInt8, Gen.Byte), Tensors(DataType.UInt16, Gen.UShort),
            Tensors(DataType.UInt32, Gen.UInt), Tensors(DataType.UInt64, Gen.ULong),
            Tensors(DataType.Bool, Gen.Bool),
            Tensors(DataType.Complex64, Gen.Select(Gen.Float, Gen.Float, (real, imaginary) => new Complex(real, imaginary))),
            Tensors(DataType.Complex128, Gen.Select(Gen.Double, Gen.Double, (real, imaginary) => new Complex(real, imaginary))));
        int files = 0;
        tensors.Sample(tensor =>
        {
            string path = _folder.PathOf($"{Interlocked.Increment(ref files)}.npy");
            NpyFile.Write(path, tensor);
            AssertEqual(tensor, NpyFile.Read(path));
            Assert.Equal(0, (new FileInfo(path).Length - tensor.Count * NpyElement.All.Single(e => e.Type == tensor.Type).Bytes) % 64);
        }, iter: 300);

        Gen<Tensor> Tensors<T>(DataType type, Gen<T> element) =>
            shapes.SelectMany(shape => element.Array[shape.Count].Select(elements => new Tensor(type, shape, elements)));
    }

    [Fact]
    public void Gives_back_more_than_a_chunk()
    {
        Tensor tensor = Tensor.Of(Shape.Of(300_000), [.. Enumerable.Range(0, 300_000)]);
        NpyFile.Write(_folder.PathOf("large.npy"), tensor);
        AssertEqual(tensor, NpyFile.Read(_folder.PathOf("large.npy")));
    }

    [Fact]
    public void Reads_what_NumPy_wrote()
    {
        Tensor images = NpyFile.Read(Repository.Path("samples/Digits/calibration.npy"));
        Tensor labels = NpyFile.Read(Repository.Path("samples/Digits/calibration_labels.npy"));
        Assert.Equal("Float32[200,8,8,1]", images.ToString());
        Assert.All(images.Elements<float>().ToArray(), value => Assert.True(value is >= 0 and <= 1 && value * 16 % 1 == 0));
        Assert.Equal("Int64[200]", labels.ToString());
        Assert.All(labels.Elements<long>().ToArray(), label => Assert.InRange(label, 0, 9));
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 1), }")]
    [InlineData("{\"shape\":(2,1),'fortran_order':True,\"descr\":\"<f4\"}   \n")]
    [InlineData("{'descr': '=f4', 'fortran_order': True, 'shape': (2L, 1L)}")] // As Python 2 did.
    public void Reads_headers_however_they_are_written_and_any_byte_order(string header)
    {
        byte[] data = [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0]; // 1.5, -2
        if (header.Contains(">f4")) data = [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0];
        foreach (int version in new[] { 1, 2, 3 })
            AssertEqual(Tensor.Of(Shape.Of(2, 1), [1.5f, -2]), Read(File(version, header, data)));
    }

    [Fact]
    public void The_parts_of_a_big_endian_complex_number_are_swapped_each()
    {
        byte[] header = File(1, "{'descr': '>c8', 'fortran_order': False, 'shape': (1,), }", [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0]);
        AssertEqual(new Tensor(DataType.Complex64, Shape.Of(1), new[] { new Complex(1.5, -2) }), Read(header));
    }

    [Fact]
    public void Fortran_order_becomes_row_major()
    {
        // Element (i, j, k) is 100 i + 10 j + k; the first index varies fastest in the file.
        byte[] columns = [0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121], rows = [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121];
        Tensor tensor = Read(File(2, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 2), }", columns));
        AssertEqual(new Tensor(DataType.UInt8, Shape.Of(2, 3, 2), rows), tensor);
    }

    [Fact]
    public void Any_byte_but_0_is_true()
    {
        Tensor tensor = Read(File(1, "{'descr': '|b1', 'fortran_order': False, 'shape': (3,), }", [7, 0, 1]));
        Assert.Equal([true, false, true], tensor.Elements<bool>().ToArray());
    }

    [Theory]
    [InlineData("'|O'", "pickled", "allow_pickle=False")]
    [InlineData("'<U5'", "texts", "numpy.save")]
    [InlineData("'|S3'", "texts", "numpy.save")]
    [InlineData("'<M8[ns]'", "times", "numpy.save")]
    [InlineData("'<f16'", "'<f16'", "numpy.save")]
    [InlineData("''", "no type", "numpy.save")]
    [InlineData("[('x', '<f4'), ('y', '<i4')]", "records", "numpy.save")]
    public void Other_things_than_numbers_are_named(string type, string what, string advice)
    {
        byte[] file = File(1, $"{{'descr': {type}, 'fortran_order': False, 'shape': (1,), }}", new byte[16]);
        Assert.EndsWith("bad.npy", Errors.Unreadable(() => Read(file), "bad.npy", what, advice).File);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}")]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': 1, }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1 1), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } x")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape: (1,), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999999,), }")]
    public void A_damaged_header_is_an_error(string header) =>
        Errors.Unreadable(() => Read(File(1, header, new byte[4])), "damaged", "numpy.save");

    [Theory]
    [InlineData("(2147483647, 2147483647, 2147483647)")]
    [InlineData("(4294967296,)")]
    [InlineData("(0, 65536, 65536)")]
    [InlineData("(2147483647,)")]
    [InlineData("(500000000,)")]
    [InlineData("(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
        + "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)")]
    public void Nothing_is_allocated_for_sizes_that_the_file_does_not_have(string shape)
    {
        byte[] file = File(1, $"{{'descr': '<c16', 'fortran_order': False, 'shape': {shape}, }}", new byte[16]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Errors.Unreadable(() => Read(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Every_truncation_and_any_bytes_more_are_errors()
    {
        byte[] file = File(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", new byte[12]);
        for (int length = 0; length < file.Length; length++) Errors.Unreadable(() => Read(file[..length]), "bad.npy");
        Errors.Unreadable(() => Read([.. file, 0]), "1 bytes after");
    }

    [Fact]
    public void Damaged_bytes_never_give_anything_but_a_tensor_or_the_error()
    {
        byte[] file = File(1, "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }", new byte[24]);
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 3].Sample(changes =>
        {
            byte[] damaged = [.. file];
            foreach ((int position, byte value) in changes) damaged[position] = value;
            try
            {
                Read(damaged);
            }
            catch (ModelBuildException error)
            {
                Assert.Equal(DiagnosticCode.DataUnreadable, error.Code);
            }
        }, iter: 2000, threads: 1);
    }

    [Fact]
    public void Other_kinds_of_files_are_recognised()
    {
        Errors.Unreadable(() => Read([.. "PK\x03\x04"u8, .. new byte[60]]), ".npz", "numpy.save");
        Errors.Unreadable(() => Read([0x80, 4, .. new byte[60]]), "pickle", "allow_pickle=False");
        Errors.Unreadable(() => Read("No array."u8.ToArray()), "no .npy file");
        Errors.Unreadable(() => Read([0x93, .. "NUMPY"u8, 4, 0, .. new byte[60]]), "version 4");
        Errors.Unreadable(() => NpyFile.Read(_folder.PathOf("absent.npy")), "absent.npy does not exist");
        Errors.Unreadable(() => NpyFile.Read(_folder.PathOf("absent/absent.npy")[..^11]), "is a folder");
    }

    private Tensor Read(byte[] file) => NpyFile.Read(_folder.Write("bad.npy", file));

    private static byte[] File(int version, string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = version == 1 ? [(byte)text.Length, (byte)(text.Length >> 8)] : [(byte)text.Length, (byte)(text.Length >> 8), 0, 0];
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }

    private static void AssertEqual(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.ToString(), actual.ToString());
        Assert.Equal(expected.Data.GetType(), actual.Data.GetType());
        Assert.Equal(expected.Data, actual.Data);
    }
}
