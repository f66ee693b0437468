namespace ModelBuild.Kernels.Tests;

public class QuantizationTests
{
    [SkippableTheory]
    [MemberData(nameof(Supported.VariantsAndPlacements), MemberType = typeof(Supported))]
    public void Every_variant_gives_the_bits_of_the_formulas(string name, Placement placement)
    {
        KernelVariant variant = Supported.Variant(name);
        Supported.Need(placement);
        Arena arena = new(2);
        for (int length = 1; length <= 100; length++)
        {
            float[] reals = arena.Floats(length, 200);
            reals[length / 2] = Special[length % Special.Length];
            int zero = length % 3 * 127;
            Requantization last = new(zero);
            byte[] bytes = new byte[length];
            if (placement == Placement.Workspace) Quantize.Convert(variant, reals, bytes, 1.25f, 0.25f, last);
            else bytes = KernelRun.Guarded((_, output) => Quantize.Convert(variant, reals, output, 1.25f, 0.25f, last), bytes, length, placement);
            Assert.Equal(reals.Select(x => Definition.Requantize(x * 1.25f + 0.25f, zero)), bytes);

            float[] back = new float[length];
            Dequantize.Convert(variant, bytes, back, 0.3f, zero);
            Assert.Equal(bytes.Select(q => (q - zero) * 0.3f), back);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Quantize_and_Dequantize_change_the_layout(int channels, int height, int width)
    {
        Arena arena = new(channels + height);
        FlatBuffer<float> input = arena.Flat(1, height, width, channels), back = arena.Flat(1, height, width, channels);
        ImageBuffer image = arena.Image(channels, height, width);
        float[] reals = arena.Fill(input, 5);
        new Quantize(input, image, 0.03f, 127, 0).Run(arena.Workspace);
        byte[] expected = [.. reals.Select(x => Definition.Requantize(x * (1f / 0.03f), 127))];
        Assert.Equal(expected, arena.Read(image));
        new Dequantize(image, back, 0.03f, 127).Run(arena.Workspace);
        Assert.Equal(expected.Select(q => (q - 127) * 0.03f), arena.Read(back));
    }

    [Theory]
    [InlineData(1, 1, 10)]
    [InlineData(6, 5, 1)]
    [InlineData(6, 5, 3)]
    [InlineData(3, 7, 4)]
    public void Bytes_quantise_exactly_as_the_floats_they_stand_for(int height, int width, int channels)
    {
        foreach (bool reorder in new[] { false, true })
        {
            Arena arena = new(channels);
            float[] scale = [.. Enumerable.Range(0, channels).Select(c => 1 / (50f + c))], offset = [.. scale.Select(s => s * -120)];
            int[] order = reorder ? [.. Enumerable.Range(0, channels).Reverse()] : [];
            ImageBuffer fromBytes = arena.Image(channels, height, width, plain: height * width == 1), fromFloats = arena.Like(fromBytes);
            byte[] picture = new byte[height * width * channels];
            arena.Random.NextBytes(picture);
            float[] floats = [.. picture.Select((_, i) =>
            {
                int channel = i % channels;
                return picture[i - channel + (reorder ? channels - 1 - channel : channel)] * scale[channel] + offset[channel];
            })];
            new QuantizeImage(fromBytes, 0.017f, 100, 0.25f, scale, offset, order).Run(picture, arena.Workspace);
            new QuantizeImage(fromFloats, 0.017f, 100, 0.25f, scale, offset, order).Run(floats, arena.Workspace);
            Assert.Equal(floats.Select(x => Definition.Requantize(x * (1f / 0.017f) + 0.25f, 100)), arena.Read(fromFloats));
            Assert.Equal(arena.Read(fromFloats), arena.Read(fromBytes));

            FlatBuffer<float> flat = new(0, 1, height, width, channels);
            Workspace other = new(flat.Length * sizeof(float));
            new CopyIn(flat, scale, offset, order).Run(picture, other);
            Assert.Equal(floats, other.Elements(flat).ToArray());
        }
    }

    [Fact]
    public void One_pixel_scale_serves_all_channels_and_none_is_the_identity()
    {
        Arena arena = new(1);
        ImageBuffer image = arena.Image(3, 1, 2);
        new QuantizeImage(image, 0.5f, 0, 0, [0.25f], [1], []).Run(new byte[] { 0, 4, 8, 12, 100, 255 }, arena.Workspace);
        Assert.Equal([2, 4, 6, 8, 52, 130], arena.Read(image));
        new QuantizeImage(image, 1, 0, 0, [], [], []).Run(new byte[] { 0, 4, 8, 12, 100, 255 }, arena.Workspace);
        Assert.Equal([0, 4, 8, 12, 100, 255], arena.Read(image));
    }

    [Fact]
    public void NaN_becomes_the_minimum()
    {
        Arena arena = new(1);
        ImageBuffer image = arena.Image(20, 1, 1);
        float[] source = new float[20];
        Array.Fill(source, float.NaN);
        new QuantizeImage(image, 0.1f, 77, 0, [], [], []).Run(source, arena.Workspace);
        Assert.All(arena.Read(image), q => Assert.Equal(0, q));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void QuantizeRange_covers_what_is_there(int channels, int height, int width)
    {
        Arena arena = new(channels);
        FlatBuffer<float> input = arena.Flat(1, height, width, channels), range = arena.Flat(2);
        ImageBuffer image = arena.Image(channels, height, width);
        float[] reals = arena.Fill(input, 3);
        new QuantizeRange(input, image, range).Run(arena.Workspace);
        (float scale, int zero) = (arena.Read(range)[0], (int)arena.Read(range)[1]);
        Assert.Equal((Math.Max(0, reals.Max()) - Math.Min(0, reals.Min())) / 255, scale, 1e-6f);
        byte[] bytes = Images.Read(image, arena.Workspace.Bytes(image));
        Assert.Equal(reals.Select(x => Definition.Requantize(x * (1f / scale), zero)), bytes);
        for (int i = 0; i < reals.Length; i++) Assert.InRange((bytes[i] - zero) * scale, reals[i] - scale * 1.01f, reals[i] + scale * 1.01f);
        ImageBuffer sameBorder = new(image.Offset, channels, height, width, image.Pitch, image.Origin, image.Size, zero);
        Images.AssertBorder(sameBorder, arena.Workspace.Bytes(image));
    }

    [Theory]
    [InlineData(new float[] { 0, 0, 0 }, 1, 0)]
    [InlineData(new[] { float.NaN, float.PositiveInfinity, 51 }, 0.2f, 0)]
    [InlineData(new[] { -51f, -2, -3 }, 0.2f, 255)]
    [InlineData(new[] { float.MinValue, float.MaxValue }, 2.6688e36f, 128)]
    [InlineData(new[] { 1e-44f, -1e-44f }, 1, 0)]
    public void QuantizeRange_of_odd_values(float[] values, float scale, int zero)
    {
        float[] padded = [.. values, .. new float[40], .. values];
        (float Scale, int ZeroPoint) found = QuantizeRange.Range(padded);
        Assert.Equal(scale, found.Scale, scale * 1e-4f);
        Assert.Equal(zero, found.ZeroPoint);
    }

    [Fact]
    public void CopyOut_copies()
    {
        Arena arena = new(1);
        FlatBuffer<float> buffer = arena.Flat(1, 37);
        float[] values = arena.Fill(buffer), copy = new float[37];
        new CopyOut(buffer).Run(arena.Workspace, copy);
        Assert.Equal(values, copy);
    }

    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int> data = new() { { 5000, 2, 2 }, { 1280, 7, 7 }, { 3, 40, 41 } };
            for (int channels = 1; channels <= 17; channels++) data.Add(channels, 1 + channels % 4, 1 + channels * 3 % 7);
            return data;
        }
    }

    private static readonly float[] Special =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0.4f, -0f, 1.2f, 2.8f, float.MaxValue, float.Epsilon, -0.4f];
}
