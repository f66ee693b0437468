namespace ModelBuild.Kernels.Tests;

/// <summary>Layers that several threads compute give the bits that one thread gives.</summary>
public class DividedLayerTests
{
    // Large enough to be divided.
    private const int Channels = 61, Height = 40, Width = 37, Factor = 2;

    [Fact]
    public void Threads_give_the_bits_of_one()
    {
        int threads = ThreadTeam.Shared.Grow(4);
        foreach (Func<Arena, (Layer, ImageBuffer)> make in Makers)
            Assert.Equal(Output(make, 1), Output(make, threads));
    }

    private static IEnumerable<Func<Arena, (Layer Layer, ImageBuffer Output)>> Makers =>
    [
        arena => Of(arena, (input, output) => new AddInt8(input, input, output, 0.7f, 0.4f, 3, 5, 9, 0, 255)),
        arena => Of(arena, (input, output) => new MultiplyInt8(input, input, output, 0.01f, 3, 5, 9, 0, 255)),
        arena => Of(arena, (input, output) => new LookupInt8(input, output, [.. Enumerable.Range(0, 256).Select(q => (byte)(255 - q))])),
        arena =>
        {
            ImageBuffer factors = arena.Image(Channels, 1, 1, plain: true);
            return Of(arena, (input, output) => new ScaleChannelsInt8(input, factors, output, 0.01f, 3, 5, 9, 0, 255));
        },
        arena => Pooled(arena, (input, output) => new MaxPoolInt8(input, output, Factor, Factor, Factor, Factor, 0, 0)),
        arena => Pooled(arena, (input, output) => new AveragePoolInt8(input, output, Factor, Factor, Factor, Factor, 0, 0, 0.9f, 3, 5)),
        arena =>
        {
            ImageBuffer input = arena.Image(Channels, Height, Width), output = arena.Image(Channels, 1, 1, plain: true);
            return (new GlobalAveragePoolInt8(input, output, 0.001f, 3, 5), output);
        },
        arena =>
        {
            ImageBuffer input = arena.Image(Channels, Height, Width);
            ImageBuffer output = arena.Image((Channels + 3) / 4 * 4 * Factor * Factor, Height / Factor, Width / Factor);
            return (new SplitPhases(input, output, Factor, Factor, 0, 0), output);
        },
        arena => Of(arena, (input, output) => new ConvolutionInt8(
            input, output, Weights(arena, Channels * Channels), Ints(arena), arena.Floats(Channels), 1, 1, 1, 1, 1, 1, 0, 0, 1, Channels, 3, 5, 0, 255)),
        arena => Of(arena, (input, output) => new DepthwiseInt8(
            input, output, Weights(arena, Channels), Ints(arena), arena.Floats(Channels), 1, 1, 1, 1, 1, 1, 0, 0, Channels, 3, 5, 0, 255)),
        arena =>
        {
            const int Inputs = 1024, Outputs = 777;
            ImageBuffer input = arena.Image(Inputs, 1, 1, plain: true), output = arena.Image(Outputs, 1, 1, plain: true);
            return (new DenseInt8(input, output, Weights(arena, Inputs * Outputs), new int[Outputs], arena.Floats(Outputs), 3, 5, 0, 255), output);
        },
    ];

    private static (Layer, ImageBuffer) Of(Arena arena, Func<ImageBuffer, ImageBuffer, Layer> make)
    {
        ImageBuffer input = arena.Image(Channels, Height, Width), output = arena.Like(input);
        return (make(input, output), output);
    }

    private static (Layer, ImageBuffer) Pooled(Arena arena, Func<ImageBuffer, ImageBuffer, Layer> make)
    {
        ImageBuffer input = arena.Image(Channels, Height, Width), output = arena.Image(Channels, Height / Factor, Width / Factor);
        return (make(input, output), output);
    }

    private static byte[] Output(Func<Arena, (Layer Layer, ImageBuffer Output)> make, int threads)
    {
        Arena arena = new(1) { Threads = threads };
        (Layer layer, ImageBuffer output) = make(arena);
        layer.Run(arena.Workspace);
        return arena.Read(output);
    }

    private static sbyte[] Weights(Arena arena, int length) => [.. Enumerable.Range(0, length).Select(_ => (sbyte)arena.Random.Next(-127, 128))];

    private static int[] Ints(Arena arena) => [.. Enumerable.Range(0, Channels).Select(_ => arena.Random.Next(-999, 1000))];
}
