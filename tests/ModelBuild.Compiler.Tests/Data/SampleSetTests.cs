using System.Numerics;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Tests.Data;

public sealed class SampleSetTests : IDisposable
{
    private static readonly Shape Digit = Shape.Of(Shape.Unknown, 8, 8, 1), Pair = Shape.Of(Shape.Unknown, 2);
    private static readonly Preprocessing ZeroToOne = Preprocessing.Parse("ZeroToOne")!;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_digits_are_the_same_as_array_and_as_pictures()
    {
        SampleSet arrays = Load(Repository.Path("samples/Digits/calibration.npy"), DataType.Float32, Digit);
        SampleSet pictures = Load(Repository.Path("samples/Digits/images"), DataType.Float32, Digit, ZeroToOne);
        Assert.Equal((200, 200), (arrays.Count, pictures.Count));
        for (int i = 0; i < pictures.Count; i++)
        {
            // images/CLASS/NUMBER.png is the sample of that number, rounded to 1/255.
            int number = int.Parse(Path.GetFileNameWithoutExtension(pictures.Images!.Files[i]));
            Tensor array = arrays[number], picture = pictures[i];
            Assert.Equal(("Float32[1,8,8,1]", "Float32[1,8,8,1]"), (array.ToString(), picture.ToString()));
            foreach ((float value, float pixel) in array.Elements<float>().ToArray().Zip(picture.Elements<float>().ToArray()))
                Assert.Equal(value, pixel, 0.5001f / 255);
        }
        long[] labels = NpyFile.Read(Repository.Path("samples/Digits/calibration_labels.npy")).Elements<long>().ToArray();
        int[] classes = ClassLabels.Load(pictures, null, LabelFile.Read(Repository.Path("samples/Digits/labels.txt")), 10)!;
        Assert.Equal(pictures.Images!.Files.Select(file => (int)labels[int.Parse(Path.GetFileNameWithoutExtension(file))]), classes);
        Assert.Equal(labels.Select(label => (int)label), ClassLabels.Load(arrays, Repository.Path("samples/Digits/calibration_labels.npy"), null, 10));
    }

    [Fact]
    public void Bytes_for_an_input_of_floats_are_pixels_as_the_kernels_preprocess_them()
    {
        byte[] pixels = [0, 1, 254, 255, 77, 128];
        string path = Npy("pixels.npy", DataType.UInt8, Shape.Of(2, 1, 3), pixels);
        Preprocessing preprocessing = Preprocessing.Parse("mean=10,20,30;std=7,8,9;order=BGR")!;
        SampleSet samples = Load(path, DataType.Float32, Shape.Of(-1, 1, 3), preprocessing);
        PixelPreprocessing kernels = new(3, preprocessing.Scale, preprocessing.Offset, preprocessing.Order);
        for (int i = 0; i < 2; i++)
        {
            float[] expected = [.. Enumerable.Range(0, 3).Select(channel => kernels.ToFloat(pixels[3 * i + 2 - channel], channel))];
            Assert.Equal(expected, samples[i].Elements<float>().ToArray());
        }
        Assert.Equal((2, "[1,3]", "Float32[1,1,3]"), (samples.Count, samples.SampleShape.ToString(), samples[0].ToString()));

        Errors.Mismatch(() => Load(path, DataType.Float32, Shape.Of(-1, 1, 3)), "pixels.npy", "Preprocess", "ZeroToOne");
        Preprocessing four = Preprocessing.Parse("scale=1,2,3,4")!;
        Errors.Assert(DiagnosticCode.UnknownOption, () => Load(path, DataType.Float32, Shape.UnknownRank, four), "3 channels");
    }

    [Fact]
    public void Floats_of_any_width_are_the_values_themselves()
    {
        Preprocessing unused = Preprocessing.Parse("mean=1;std=2")!;
        foreach ((DataType type, Array data) in new (DataType, Array)[]
        {
            (DataType.Float16, new[] { (Half)0.1, (Half)(-2) }),
            (DataType.Float32, new[] { 0.1f, -2 }),
            (DataType.Float64, new[] { 0.1, -2 }),
        })
        {
            string path = Npy("values.npy", type, Shape.Of(1, 2), data);
            double first = type == DataType.Float16 ? (double)(Half)0.1 : 0.1;
            Assert.Equal([(float)first, -2], Load(path, DataType.Float32, Pair, unused)[0].Elements<float>().ToArray());
            Assert.Equal([(Half)first, (Half)(-2)], Load(path, DataType.Float16, Pair)[0].Elements<Half>().ToArray());
            Assert.Equal([(BFloat16)(float)first, (BFloat16)(-2f)], Load(path, DataType.BFloat16, Pair)[0].Elements<BFloat16>().ToArray());
            Assert.Equal(type == DataType.Float32 ? 0.1f : first, Load(path, DataType.Float64, Pair)[0].Elements<double>()[0]);
        }
    }

    [Fact]
    public void Integers_of_any_width_go_where_their_values_fit()
    {
        (DataType Type, Array Data)[] cases =
        [
            (DataType.Int8, new sbyte[] { 1, 100 }), (DataType.Int16, new short[] { 1, 100 }),
            (DataType.Int32, new int[] { 1, 100 }), (DataType.Int64, new long[] { 1, 100 }),
            (DataType.UInt8, new byte[] { 1, 100 }), (DataType.UInt16, new ushort[] { 1, 100 }),
            (DataType.UInt32, new uint[] { 1, 100 }), (DataType.UInt64, new ulong[] { 1, 100 }),
        ];
        foreach ((DataType from, Array data) in cases)
        {
            string path = Npy("integers.npy", from, Shape.Of(2, 1), data);
            foreach ((DataType to, Array expected) in cases)
            {
                Tensor sample = Load(path, to, Shape.Of(-1, 1), ZeroToOne)[1];
                Assert.Equal((to, expected.GetType()), (sample.Type, sample.Data.GetType()));
                Assert.Equal(100, Convert.ToInt32(sample.Data.GetValue(0)));
            }
        }
        string large = Npy("large.npy", DataType.Int64, Shape.Of(3, 1), new[] { 1L, 2, 256 });
        Errors.Mismatch(() => Load(large, DataType.UInt8, Shape.Of(-1, 1)), "sample 2", "UInt8");
        string negative = Npy("negative.npy", DataType.Int8, Shape.Of(1, 1), new sbyte[] { -1 });
        Errors.Mismatch(() => Load(negative, DataType.UInt8, Shape.Of(-1, 1)), "sample 0", "UInt8");
    }

    [Theory]
    [InlineData(DataType.Complex64, DataType.Float32, "Complex64")]
    [InlineData(DataType.Bool, DataType.Float32, "Bool")]
    [InlineData(DataType.Int32, DataType.Float32, "numpy.float32")]
    [InlineData(DataType.Float32, DataType.Int32, "integers")]
    [InlineData(DataType.UInt8, DataType.Bool, "Bool")]
    [InlineData(DataType.Bool, DataType.String, "String")]
    public void Types_that_do_not_fit_are_named(DataType from, DataType to, string says)
    {
        Array data = from switch
        {
            DataType.Complex64 => new Complex[2],
            DataType.Bool => new bool[2],
            DataType.Int32 => new int[2],
            DataType.UInt8 => new byte[2],
            _ => new float[2],
        };
        string path = Npy("type.npy", from, Shape.Of(1, 2), data);
        Assert.Equal(path, Errors.Mismatch(() => Load(path, to, Pair, ZeroToOne), says, $"{from}", $"{to}", "CalibrationData").File);
    }

    [Theory]
    [InlineData("3", "?", "")]
    [InlineData("3", "", "")]
    [InlineData("3", "?,1", "1")]
    [InlineData("3,2", "1,2", "2")]
    [InlineData("3,2,4", "?,2,4,1", "2,4,1")]
    [InlineData("3,2,4,1", "?,?,?,?", "2,4,1")]
    [InlineData("3,2,4", "?,?,4", "2,4")]
    public void Shapes_fit_up_to_what_is_unknown_or_a_last_dimension_of_1(string found, string input, string sample)
    {
        string path = Npy("data.npy", DataType.Float32, Of(found), new float[Of(found).Count]);
        SampleSet samples = Load(path, DataType.Float32, Of(input));
        Assert.Equal((3, Of(sample)), (samples.Count, samples.SampleShape));
        Assert.Equal(input.Length == 0 ? Shape.Scalar : Of(sample.Length == 0 ? "1" : "1," + sample), samples[2].Shape);
    }

    [Theory]
    [InlineData("1,4,16,1", "?,8,8,1", "[samples,8,8,1]")]
    [InlineData("8,8,1", "?,8,8,1", "[samples,8,8,1]")]
    [InlineData("1,8,8", "?,8,8,3", "[samples,8,8,3]")]
    [InlineData("1,64", "?,8,?,1", "[samples,8,?,1]")]
    [InlineData("3,2", "?", "[samples]")]
    [InlineData("", "?,2", "[samples,2]")]
    public void Shapes_that_do_not_fit_are_named(string found, string input, string expected)
    {
        string path = Npy("shape.npy", DataType.Float32, Of(found), new float[Of(found).Count]);
        Errors.Mismatch(() => Load(path, DataType.Float32, Of(input)), $"[{found}]", expected, "shape.npy", "CalibrationData");
    }

    [Fact]
    public void Any_rank_fits_an_input_of_unknown_rank()
    {
        string path = Npy("a.npy", DataType.Float32, Shape.Of(2, 3), new float[6]);
        Assert.Equal(Shape.Of(1, 3), Load(path, DataType.Float32, Shape.UnknownRank)[1].Shape);
    }

    [Fact]
    public void No_samples_are_an_error()
    {
        string path = Npy("none.npy", DataType.Float32, Shape.Of(0, 2), Array.Empty<float>());
        Errors.Mismatch(() => Load(path, DataType.Float32, Pair), "no samples");
    }

    [Theory]
    [InlineData(double.NaN, DataType.Float64)]
    [InlineData(double.NegativeInfinity, DataType.Float64)]
    [InlineData(1e300, DataType.Float32)] // Infinite only as float32.
    [InlineData(1e5, DataType.Float16)]
    public void The_first_number_that_is_none_is_told(double value, DataType type)
    {
        double[] data = new double[3 * 2 * 4];
        data[1 * 8 + 1 * 4 + 3] = data[^1] = value;
        string path = Npy("holes.npy", DataType.Float64, Shape.Of(3, 2, 4), data);
        Errors.Assert(DiagnosticCode.DataNotFinite, () => Load(path, type, Shape.UnknownRank), "sample 1 ", "[1,3]", $"{type}");
    }

    [Fact]
    public void Pictures_are_resized_and_an_unknown_size_is_that_of_the_first()
    {
        _folder.Write("images/a.png", PictureBytes.Png(1, 2, 3, 255, 0, 0, 0, 0, 255));
        _folder.Write("images/b.png", PictureBytes.Png(2, 2, 1, 10, 20, 30, 40));
        SampleSet samples = Load(_folder.PathOf("images"), DataType.Float32, Shape.Of(-1, -1, -1, 3), Preprocessing.Parse("Raw;order=BGR"));
        Assert.Equal("[1,2,3]", samples.SampleShape.ToString());
        Assert.Equal([0, 0, 255, 255, 0, 0], samples[0].Elements<float>().ToArray());
        Assert.Equal([20, 20, 20, 30, 30, 30], samples[1].Elements<float>().ToArray());

        SampleSet grey = Load(_folder.PathOf("images"), DataType.UInt8, Shape.Of(-1, 2, 2));
        Assert.Equal("UInt8[1,2,2]", grey[1].ToString());
        Assert.Equal([10, 20, 30, 40], grey[1].Elements<byte>().ToArray());
    }

    [Fact]
    public void Folders_that_do_not_fit_are_errors()
    {
        string images = _folder.PathOf("images");
        _folder.Write("images/a.png", PictureBytes.Png(1, 2, 1, 0, 0));
        Errors.Mismatch(() => Load(images, DataType.Float32, Digit), "Preprocess");
        Errors.Mismatch(() => Load(images, DataType.Float32, Shape.Of(-1, 784), ZeroToOne), "[samples,784]", ".npy");
        Errors.Mismatch(() => Load(images, DataType.Float32, Shape.Of(-1, 8, 8, 2), ZeroToOne), "1, 3 or 4 channels");
        Errors.Mismatch(() => Load(images, DataType.Bool, Digit, ZeroToOne), "Bool");
        _folder.Write("images/b.png", [1, 2, 3]);
        Assert.EndsWith("b.png", Errors.Unreadable(() => Load(images, DataType.Float32, Digit, ZeroToOne), "b.png").File);
        Errors.Unreadable(() => Load(_folder.PathOf("absent"), DataType.Float32, Digit), "CalibrationData", "absent", ".npy");
    }

    [Fact]
    public void Several_inputs_read_a_file_each()
    {
        Value[] inputs = [new("scope/a:1", DataType.Float32, Pair), new("b", DataType.Int32, Shape.Of(-1))];
        string data = _folder.PathOf("data");
        Errors.Unreadable(() => LoadAll(data, inputs), "scope_a_1.npy, b.npy");
        Npy("data/scope_a_1.npy", DataType.Float32, Shape.Of(2, 2), new float[] { 1, 2, 3, 4 });
        Errors.Mismatch(() => LoadAll(data, inputs), "no folder with b.npy", "scope_a_1.npy, b.npy");
        Errors.Mismatch(() => LoadAll(_folder.PathOf("data/scope_a_1.npy"), inputs), "several inputs", "b.npy");

        string second = Npy("data/b.npy", DataType.Int64, Shape.Of(2), new long[] { 5, 6 });
        IReadOnlyList<SampleSet> sets = LoadAll(data, inputs);
        Assert.Equal([3, 4], sets[0][1].Elements<float>().ToArray());
        Assert.Equal([6], sets[1][1].Elements<int>().ToArray());

        Npy("data/b.npy", DataType.Int64, Shape.Of(3), new long[3]);
        Assert.Equal(second, Errors.Mismatch(() => LoadAll(data, inputs), "b.npy holds 3", "scope_a_1.npy 2").File);
        Errors.Mismatch(() => LoadAll(data, [inputs[1], inputs[1]]), "same file");
    }

    [Fact]
    public void A_single_input_reads_the_file_itself()
    {
        string path = Npy("a.npy", DataType.Float32, Shape.Of(2, 2), new float[4]);
        Assert.Equal(2, Assert.Single(LoadAll(path, [new Value("x", DataType.Float32, Pair)])).Count);
    }

    private static SampleSet Load(string path, DataType type, Shape shape, Preprocessing? preprocessing = null) =>
        SampleSet.Load(path, "CalibrationData", type, shape, preprocessing);

    private static IReadOnlyList<SampleSet> LoadAll(string path, Value[] inputs) =>
        SampleSet.LoadAll(path, "CalibrationData", inputs, null);

    private static Shape Of(string sizes)
    {
        string[] parts = sizes.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return Shape.Of([.. parts.Select(size => size == "?" ? Shape.Unknown : int.Parse(size))]);
    }

    private string Npy(string name, DataType type, Shape shape, Array data)
    {
        NpyFile.Write(_folder.PathOf(name), new Tensor(type, shape, data));
        return _folder.PathOf(name);
    }
}
