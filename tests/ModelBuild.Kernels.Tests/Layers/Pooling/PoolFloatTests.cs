namespace ModelBuild.Kernels.Tests;

public class PoolFloatTests
{
    [Theory]
    [MemberData(nameof(PoolCase.All), MemberType = typeof(PoolCase))]
    public void MaxPoolFloat_takes_the_greatest(PoolCase pool)
    {
        (Arena arena, FlatBuffer<float> input, FlatBuffer<float> output) = Place(pool);
        float[] pixels = arena.Fill(input);
        new MaxPoolFloat(input, output, pool.WindowHeight, pool.WindowWidth, pool.StrideHeight, pool.StrideWidth, pool.PadTop, pool.PadLeft)
            .Run(arena.Workspace);
        Assert.Equal(pool.Each(window => window.Max(i => pixels[i])), arena.Read(output));
    }

    [Theory]
    [MemberData(nameof(PoolCase.All), MemberType = typeof(PoolCase))]
    public void AveragePoolFloat_takes_the_mean_of_pixels_inside(PoolCase pool)
    {
        (Arena arena, FlatBuffer<float> input, FlatBuffer<float> output) = Place(pool);
        float[] pixels = arena.Fill(input);
        new AveragePoolFloat(input, output, pool.WindowHeight, pool.WindowWidth, pool.StrideHeight, pool.StrideWidth, pool.PadTop, pool.PadLeft)
            .Run(arena.Workspace);
        Assert.All(pool.Each(window => window.Average(i => (double)pixels[i])).Zip(arena.Read(output)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData(7, 7, 33)]
    [InlineData(1, 1, 4)]
    public void GlobalAveragePoolFloat_takes_the_mean_of_all(int height, int width, int channels)
    {
        Arena arena = new(channels);
        FlatBuffer<float> input = arena.Flat(1, height, width, channels), output = arena.Flat(1, channels);
        float[] pixels = arena.Fill(input);
        new GlobalAveragePoolFloat(input, output).Run(arena.Workspace);
        float[] means = arena.Read(output);
        for (int c = 0; c < channels; c++) Assert.Equal(pixels.Where((_, i) => i % channels == c).Average(x => (double)x), means[c], 1e-5);
    }

    private static (Arena, FlatBuffer<float>, FlatBuffer<float>) Place(PoolCase pool)
    {
        Arena arena = new(pool.Channels);
        return (arena, arena.Flat(1, pool.Height, pool.Width, pool.Channels), arena.Flat(1, pool.OutputHeight, pool.OutputWidth, pool.Channels));
    }
}
