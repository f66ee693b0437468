namespace ModelBuild.Kernels.Tests;

/// <summary>Layers give the same bits however they are divided.</summary>
public class DividedLayerTests
{
    private const int Channels = 61, Factor = 2;

    // Images whose pixels are divided, with gaps of one pixel and of several, and one whose quads are.
    private static readonly (int Height, int Width)[] Sizes = [(40, 37), (26, 30), (24, 33), (7, 6)];

    [Fact]
    public void Units_alone_and_threads_give_the_bits_of_the_whole()
    {
        int threads = ThreadTeam.Shared.Grow(4);
        foreach ((int height, int width) in Sizes)
        {
            foreach (Func<Arena, (DividedLayer, ImageBuffer)> make in Makers(height, width))
            {
                byte[] whole = Output(make, 1, (layer, workspace) => layer.Run(workspace));
                Assert.Equal(whole, Output(make, threads, (layer, workspace) => layer.Run(workspace)));
                Assert.Equal(whole, Output(make, 1, (layer, workspace) =>
                {
                    for (int unit = layer.Units - 1; unit >= 0; unit--) layer.Run(workspace, unit, unit + 1);
                }));
            }
        }
    }

    private static IEnumerable<Func<Arena, (DividedLayer Layer, ImageBuffer Output)>> Makers(int height, int width) =>
    [
        arena => Of(arena, height, width, (input, output) => new AddInt8(input, input, output, 0.7f, 0.4f, 3, 5, 9, 0, 255)),
        arena => Of(arena, height, width, (input, output) => new MultiplyInt8(input, input, output, 0.01f, 3, 5, 9, 0, 255)),
        arena => Of(arena, height, width, (input, output) => new LookupInt8(input, output, [.. Enumerable.Range(0, 256).Select(q => (byte)(255 - q))])),
        arena =>
        {
            ImageBuffer factors = arena.Image(Channels, 1, 1, plain: true);
            return Of(arena, height, width, (input, output) => new ScaleChannelsInt8(input, factors, output, 0.01f, 3, 5, 9, 0, 255));
        },
        arena => Pooled(arena, height, width, (input, output) => new MaxPoolInt8(input, output, Factor, Factor, Factor, Factor, 0, 0)),
        arena => Pooled(arena, height, width, (input, output) => new AveragePoolInt8(input, output, Factor, Factor, Factor, Factor, 0, 0, 0.9f, 3, 5)),
        arena =>
        {
            ImageBuffer input = arena.Image(Channels, height, width), output = arena.Image(Channels, 1, 1, plain: true);
            return (new GlobalAveragePoolInt8(input, output, 0.001f, 3, 5), output);
        },
        arena =>
        {
            ImageBuffer input = arena.Image(Channels, height, width);
            ImageBuffer output = arena.Image((Channels + 3) / 4 * 4 * Factor * Factor, height / Factor, width / Factor);
            return (new SplitPhases(input, output, Factor, Factor, 0, 0), output);
        },
        arena => Of(arena, height, width, (input, output) => new ConvolutionInt8(
            input, output, Weights(arena, Channels * Channels), Ints(arena), arena.Floats(Channels), 1, 1, 1, 1, 1, 1, 0, 0, 1, Channels, 3, 5, 0, 255)),
        arena => Of(arena, height, width, (input, output) => new DepthwiseInt8(
            input, output, Weights(arena, Channels), Ints(arena), arena.Floats(Channels), 1, 1, 1, 1, 1, 1, 0, 0, Channels, 3, 5, 0, 255)),
        arena =>
        {
            const int Inputs = 1024, Outputs = 777;
            ImageBuffer input = arena.Image(Inputs, 1, 1, plain: true), output = arena.Image(Outputs, 1, 1, plain: true);
            return (new DenseInt8(input, output, Weights(arena, Inputs * Outputs), new int[Outputs], arena.Floats(Outputs), 3, 5, 0, 255), output);
        },
    ];

    private static (DividedLayer, ImageBuffer) Of(Arena arena, int height, int width, Func<ImageBuffer, ImageBuffer, DividedLayer> make)
    {
        ImageBuffer input = arena.Image(Channels, height, width), output = arena.Like(input);
        return (make(input, output), output);
    }

    private static (DividedLayer, ImageBuffer) Pooled(Arena arena, int height, int width, Func<ImageBuffer, ImageBuffer, DividedLayer> make)
    {
        ImageBuffer input = arena.Image(Channels, height, width), output = arena.Image(Channels, height / Factor, width / Factor);
        return (make(input, output), output);
    }

    private static byte[] Output(Func<Arena, (DividedLayer Layer, ImageBuffer Output)> make, int threads, Action<DividedLayer, Workspace> run)
    {
        Arena arena = new(1) { Threads = threads };
        (DividedLayer layer, ImageBuffer output) = make(arena);
        run(layer, arena.Workspace);
        return arena.Read(output);
    }

    private static sbyte[] Weights(Arena arena, int length) => [.. Enumerable.Range(0, length).Select(_ => (sbyte)arena.Random.Next(-127, 128))];

    private static int[] Ints(Arena arena) => [.. Enumerable.Range(0, Channels).Select(_ => arena.Random.Next(-999, 1000))];
}
