namespace ModelBuild.Kernels.Tests;

public class PoolInt8VariantTests
{
    [SkippableTheory]
    [InlineData(Placement.Workspace)]
    [InlineData(Placement.AfterGuard)]
    [InlineData(Placement.BeforeGuard)]
    public void Vectors_give_the_bits_of_the_scalar_kernels(Placement placement)
    {
        Supported.Need(placement);
        foreach (PoolCase pool in PoolCase.All.Select<object[], PoolCase>(row => (PoolCase)row[0]))
        {
            Arena arena = new(pool.Channels);
            ImageBuffer from = arena.Image(pool.Channels, pool.Height, pool.Width);
            ImageBuffer to = arena.Image(pool.Channels, pool.OutputHeight, pool.OutputWidth);
            PoolWindow window = new(pool.WindowHeight, pool.WindowWidth, pool.StrideHeight, pool.StrideWidth, pool.PadTop, pool.PadLeft);
            float[] multipliers = [.. Enumerable.Range(0, pool.WindowHeight * pool.WindowWidth + 1).Select(count => 1.3f / Math.Max(1, count))];
            Requantization last = new(40);
            byte[] bytes = new byte[from.Bytes];
            arena.Random.NextBytes(bytes);

            AssertSame(
                (input, output) => MaxPoolInt8Scalar.Run(input, output, from, to, 0, to.Quads, window),
                (input, output) => MaxPoolInt8Vector.Run(input, output, from, to, 0, to.Quads, window), bytes, to, placement);
            if (AveragePoolInt8Vector.Supports(window))
            {
                AssertSame(
                    (input, output) => AveragePoolInt8Scalar.Run(input, output, from, to, 0, to.Quads, window, multipliers, 99, last),
                    (input, output) => AveragePoolInt8Vector.Run(input, output, from, to, 0, to.Quads, window, multipliers, 99, last), bytes, to, placement);
            }
            if (!GlobalAveragePoolInt8Vector.IsSupported) continue;
            AssertSame(
                (input, output) => GlobalAveragePoolInt8Scalar.Run(input, output, from, 0, from.Quads, multipliers[1], 99, last),
                (input, output) => GlobalAveragePoolInt8Vector.Run(input, output, from, 0, from.Quads, multipliers[1], 99, last),
                bytes, new ImageBuffer(0, pool.Channels, 1, 1, 1, 0, 1, -1), placement);
        }
    }

    private static void AssertSame(KernelRun.Kernel scalar, KernelRun.Kernel vector, byte[] input, ImageBuffer to, Placement placement)
    {
        byte[] expected = new byte[to.Bytes], actual = new byte[to.Bytes];
        scalar(input, expected);
        if (placement == Placement.Workspace) vector(input, actual);
        else actual = KernelRun.Guarded(vector, input, to.Bytes, placement);
        Assert.Equal(Images.Read(to, expected), Images.Read(to, actual));
    }
}
