namespace ModelBuild.Kernels.Tests;

public class BinaryInt8Tests
{
    [SkippableTheory]
    [MemberData(nameof(Supported.VariantsAndPlacements), MemberType = typeof(Supported))]
    public void Every_variant_gives_the_bits_of_the_formulas(string name, Placement placement)
    {
        KernelVariant variant = Supported.Variant(name);
        Supported.Need(placement);
        Random random = new(1);
        for (int length = 1; length <= 130; length++)
        {
            byte[] left = new byte[length], right = new byte[length];
            random.NextBytes(left);
            random.NextBytes(right);
            int leftZero = Extreme(random), rightZero = Extreme(random), zero = Extreme(random);
            float a = random.NextSingle() * 2, b = random.NextSingle() * 2;
            int minimum = random.Next(2) == 0 ? Math.Min(zero, 250) : 0;
            Requantization last = new(zero, minimum, 250);
            byte[] sums = Run(variant, placement, left, right, new SumOperator(a, b, leftZero, rightZero), last);
            byte[] products = Run(variant, placement, left, right, new ProductOperator(a / 64, leftZero, rightZero), last);
            for (int i = 0; i < length; i++)
            {
                float sum = (left[i] - leftZero) * a + (right[i] - rightZero) * b;
                float product = (float)((left[i] - leftZero) * (right[i] - rightZero)) * (a / 64);
                Assert.Equal(Definition.Requantize(sum, zero, minimum, 250), sums[i]);
                Assert.Equal(Definition.Requantize(product, zero, minimum, 250), products[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void AddInt8_adds_images(int channels, int height, int width)
    {
        Arena arena = new(channels);
        ImageBuffer left = arena.Image(channels, height, width), right = arena.Like(left), output = arena.Like(left);
        byte[] a = arena.Fill(left), b = arena.Fill(right);
        new AddInt8(left, right, output, 0.7f, 0.4f, 12, 200, 100, 20, 240).Run(arena.Workspace);
        Assert.Equal(a.Zip(b, (x, y) => Definition.Requantize((x - 12) * 0.7f + (y - 200) * 0.4f, 100, 20, 240)), arena.Read(output));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void MultiplyInt8_multiplies_images(int channels, int height, int width)
    {
        Arena arena = new(channels);
        ImageBuffer left = arena.Image(channels, height, width), right = arena.Like(left), output = arena.Like(left);
        byte[] a = arena.Fill(left), b = arena.Fill(right);
        new MultiplyInt8(left, right, output, 0.01f, 130, 0, 128, 0, 255).Run(arena.Workspace);
        Assert.Equal(a.Zip(b, (x, y) => Definition.Requantize((float)((x - 130) * y) * 0.01f, 128)), arena.Read(output));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ScaleChannelsInt8_multiplies_by_a_factor_a_channel(int channels, int height, int width)
    {
        Arena arena = new(channels);
        ImageBuffer input = arena.Image(channels, height, width), output = arena.Like(input);
        ImageBuffer scale = arena.Image(channels, 1, 1, plain: true);
        byte[] pixels = arena.Fill(input), factors = arena.Fill(scale);
        new ScaleChannelsInt8(input, scale, output, 0.004f, 128, 3, 128, 0, 255).Run(arena.Workspace);
        Assert.Equal(
            pixels.Select((x, i) => Definition.Requantize((float)((x - 128) * (factors[i % channels] - 3)) * 0.004f, 128)),
            arena.Read(output));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void LookupInt8_looks_up(int channels, int height, int width)
    {
        Arena arena = new(channels);
        byte[] table = new byte[256];
        arena.Random.NextBytes(table);
        ImageBuffer input = arena.Image(channels, height, width), output = arena.Like(input);
        byte[] pixels = arena.Fill(input);
        new LookupInt8(input, output, table).Run(arena.Workspace);
        Assert.Equal(pixels.Select(x => table[x]), arena.Read(output));
    }

    [Fact]
    public void Layers_refuse_images_of_different_geometry()
    {
        Arena arena = new(1);
        ImageBuffer image = new(0, 4, 2, 2, 2, 0, 4, 0), other = new(64, 4, 2, 2, 3, 0, 5, 0);
        Assert.Throws<ArgumentException>(() => new AddInt8(image, other, image, 1, 1, 0, 0, 0, 0, 255));
        Assert.Throws<ArgumentException>(() => new LookupInt8(image, other, new byte[256]));
        Assert.Throws<ArgumentException>(() => new LookupInt8(image, image, new byte[255]));
    }

    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int> data = new() { { 64, 14, 14 }, { 5, 1, 1 } };
            for (int channels = 1; channels <= 17; channels++) data.Add(channels, 1 + channels % 6, 1 + channels * 5 % 9);
            return data;
        }
    }

    private static int Extreme(Random random) => random.Next(3) switch { 0 => 0, 1 => 255, _ => random.Next(256) };

    private static byte[] Run<TOperator>(
        KernelVariant variant, Placement placement, byte[] left, byte[] right, TOperator binary, Requantization last)
        where TOperator : struct, IBinaryOperator
    {
        byte[] destination = new byte[left.Length];
        if (placement == Placement.Workspace) BinaryInt8.Run(variant, left, right, destination, binary, last);
        else destination = KernelRun.Guarded((input, output) => BinaryInt8.Run(variant, input, right, output, binary, last), left, left.Length, placement);
        return destination;
    }
}
