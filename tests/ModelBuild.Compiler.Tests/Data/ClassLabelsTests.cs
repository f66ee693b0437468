using System.Text;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Tests.Data;

public sealed class ClassLabelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_indices_of_any_integer_type_and_one_hot_rows()
    {
        foreach ((DataType type, Shape shape, Array data) in new (DataType, Shape, Array)[]
        {
            (DataType.Int8, Shape.Of(2), new sbyte[] { 2, 0 }), (DataType.UInt8, Shape.Of(2, 1), new byte[] { 2, 0 }),
            (DataType.Int64, Shape.Of(2), new long[] { 2, 0 }), (DataType.UInt64, Shape.Of(2), new ulong[] { 2, 0 }),
            (DataType.Float32, Shape.Of(2, 3), new float[] { 0, 0, 1, 1, 0, 0 }),
            (DataType.Int32, Shape.Of(2, 3), new[] { 0, 0, 1, 1, 0, 0 }),
            (DataType.Bool, Shape.Of(2, 3), new[] { false, false, true, true, false, false }),
        })
            Assert.Equal([2, 0], Load(Labels(type, shape, data))!);
    }

    [Fact]
    public void Files_that_do_not_fit_are_errors()
    {
        Fails(Labels(DataType.Int32, Shape.Of(3), new int[3]), "3 labels", "2 samples");
        Fails(Labels(DataType.Int32, Shape.Of(2), new[] { 0, 3 }), "sample 1", "label 3", "0 to 2");
        Fails(Labels(DataType.Int32, Shape.Of(2), new[] { -1, 0 }), "sample 0", "label -1");
        Fails(Labels(DataType.UInt64, Shape.Of(2), new ulong[] { 0, ulong.MaxValue }), "sample 1");
        Fails(Labels(DataType.Float32, Shape.Of(2), new float[2]), "Float32[2]", "integers");
        Fails(Labels(DataType.Int32, Shape.Of(2, 4), new int[8]), "[2,4]", "[samples,3]");
        Fails(Labels(DataType.Float32, Shape.Of(2, 3), new float[] { 0, 1, 0, 1, 1, 0 }), "2 ones in row 1");
        Fails(Labels(DataType.Float32, Shape.Of(2, 3), new float[] { 0, 1, 0, 0, 0.5f, 0.5f }), "0.5 in row 1");
        Errors.Unreadable(() => Load(_folder.PathOf("absent.npy")), "absent.npy");

        void Fails(string path, params string[] says) =>
            Assert.Equal(path, Errors.Mismatch(() => Load(path), ["ValidationLabels", .. says]).File);
    }

    [Fact]
    public void Arrays_without_labels_have_none() => Assert.Null(Load(null));

    [Theory]
    [InlineData("dog cat", "cat bird dog", "0 2")] // By name, whatever the order.
    [InlineData("2 0", "zero one two", "0 2")] // By number.
    [InlineData("10 9", null, "10 9")] // As numbers and not as texts, in the order of the files.
    [InlineData("1 0", "1 0", "1 0")] // Names that are numbers are names first.
    [InlineData("dog cat", null, "0 1")] // By order.
    [InlineData("dog cat", "a b", "0 1")]
    [InlineData("dog empty/ cat", null, "0 1")]
    [InlineData("dog ant/ cat", null, "1 2")] // An empty folder is a class without samples.
    [InlineData("cat/x cat/a/b", null, "0 0")]
    public void Folders_name_the_classes(string folders, string? names, string expected) =>
        Assert.Equal(expected, string.Join(" ", ClassLabels.Load(Images(folders), null, names?.Split(' '), 11)!));

    [Fact]
    public void Pictures_in_no_folder_have_no_labels() => Assert.Null(ClassLabels.Load(Images("."), null, ["a"], 3));

    [Theory]
    [InlineData("cat dgo", "cat dog", "dgo", "Labels")]
    [InlineData("0 3", null, "sub-folder 3", "0 to 2")]
    [InlineData("a b c d", null, "sub-folder d", "0 to 2")]
    [InlineData("a .", null, "image.png", "sub-folder")]
    public void Folders_that_do_not_fit_are_errors(string folders, string? names, string what, string why) =>
        Errors.Mismatch(() => ClassLabels.Load(Images(folders), null, names?.Split(' '), 3), what, why, "ValidationData");

    [Fact]
    public void Label_files_are_lines_of_UTF8()
    {
        IReadOnlyList<string> digits = LabelFile.Read(Repository.Path("samples/Digits/labels.txt"));
        Assert.Equal((10, "zero", "nine"), (digits.Count, digits[0], digits[9]));
        byte[] text = [.. Encoding.UTF8.Preamble, .. "Käse\r\n\r\n a b \nKäse\n\n \r\n"u8];
        Assert.Equal(["Käse", "", "a b", "Käse"], LabelFile.Read(_folder.Write("l.txt", text)));
        Errors.Unreadable(() => LabelFile.Read(_folder.Write("latin.txt", [.. "K"u8, 0xe4, .. "se"u8])), "latin.txt", "UTF-8");
        Errors.Unreadable(() => LabelFile.Read(_folder.PathOf("absent.txt")), "absent.txt");
        Errors.Mismatch(() => LabelFile.Read(_folder.Write("empty.txt", "\n\n"u8.ToArray())), "no classes");
    }

    private string Labels(DataType type, Shape shape, Array data)
    {
        NpyFile.Write(_folder.PathOf("labels.npy"), new Tensor(type, shape, data));
        return _folder.PathOf("labels.npy");
    }

    /// <summary>Labels of two samples and three classes.</summary>
    private int[]? Load(string? labels)
    {
        NpyFile.Write(_folder.PathOf("data.npy"), Tensor.Of(Shape.Of(2, 1), new float[2]));
        SampleSet samples = SampleSet.Load(_folder.PathOf("data.npy"), "ValidationData", DataType.Float32, Shape.Of(-1, 1), null);
        return ClassLabels.Load(samples, labels, null, 3);
    }

    /// <summary>A picture in each folder, but none in those whose name ends in "/".</summary>
    private SampleSet Images(string folders)
    {
        foreach (string name in folders.Split(' '))
        {
            if (name.EndsWith('/')) Directory.CreateDirectory(_folder.PathOf("images/" + name));
            else _folder.Write($"images/{name}/image.png", PictureBytes.Png(1, 1, 1, 0));
        }
        return SampleSet.Load(_folder.PathOf("images"), "ValidationData", DataType.UInt8, Shape.Of(-1, 1, 1, 1), null);
    }
}
