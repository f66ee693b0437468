namespace ModelBuild.Kernels.Tests;

public class PoolInt8Tests
{
    [Theory]
    [MemberData(nameof(PoolCase.All), MemberType = typeof(PoolCase))]
    public void MaxPoolInt8_takes_the_greatest(PoolCase pool)
    {
        Arena arena = new(pool.Channels);
        ImageBuffer input = arena.Image(pool.Channels, pool.Height, pool.Width);
        ImageBuffer output = arena.Image(pool.Channels, pool.OutputHeight, pool.OutputWidth);
        byte[] pixels = arena.Fill(input);
        new MaxPoolInt8(input, output, pool.WindowHeight, pool.WindowWidth, pool.StrideHeight, pool.StrideWidth, pool.PadTop, pool.PadLeft)
            .Run(arena.Workspace);
        Assert.Equal(pool.Each(window => window.Max(i => pixels[i])), arena.Read(output));
    }

    [Theory]
    [MemberData(nameof(PoolCase.All), MemberType = typeof(PoolCase))]
    public void AveragePoolInt8_takes_the_mean_of_pixels_inside(PoolCase pool)
    {
        foreach (int zero in new[] { 0, 117, 255 })
        {
            Arena arena = new(pool.Channels);
            ImageBuffer input = arena.Image(pool.Channels, pool.Height, pool.Width);
            ImageBuffer output = arena.Image(pool.Channels, pool.OutputHeight, pool.OutputWidth);
            byte[] pixels = arena.Fill(input);
            new AveragePoolInt8(
                input, output, pool.WindowHeight, pool.WindowWidth, pool.StrideHeight, pool.StrideWidth, pool.PadTop, pool.PadLeft,
                1.7f, zero, 255 - zero).Run(arena.Workspace);
            Assert.Equal(
                pool.Each(window => Definition.Requantize(window.Sum(i => pixels[i] - zero) * (1.7f / window.Count), 255 - zero)),
                arena.Read(output));
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 7, 7)]
    [InlineData(17, 3, 33)]
    [InlineData(4, 130, 200)]
    [InlineData(64, 8, 8)]
    public void GlobalAveragePoolInt8_takes_the_mean_of_all(int channels, int height, int width)
    {
        foreach (int zero in new[] { 0, 117, 255 })
        {
            Arena arena = new(channels);
            ImageBuffer input = arena.Image(channels, height, width), output = arena.Image(channels, 1, 1, plain: true);
            byte[] pixels = arena.Fill(input);
            float multiplier = 3f / (height * width);
            new GlobalAveragePoolInt8(input, output, multiplier, zero, 255 - zero).Run(arena.Workspace);
            Assert.Equal(
                Enumerable.Range(0, channels).Select(c =>
                    Definition.Requantize(pixels.Where((_, i) => i % channels == c).Sum(x => x - zero) * multiplier, 255 - zero)),
                arena.Read(output));
        }
    }

    [Fact]
    public void A_window_outside_the_image_is_refused()
    {
        ImageBuffer input = new(0, 4, 4, 4, 4, 0, 16, -1), output = new(64, 4, 3, 3, 3, 0, 9, -1);
        Assert.Throws<ArgumentException>(() => new MaxPoolInt8(input, output, 2, 2, 2, 2, 0, 0));
    }
}
