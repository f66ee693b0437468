namespace ModelBuild.Kernels.Tests;

public class PixelPairsTests
{
    /// <summary>Rows narrower and wider than vectors, which end with the buffers or have room behind them.</summary>
    [Fact]
    public void Parts_even_from_odd_pixels_and_writes_nothing_beyond_the_targets()
    {
        Random random = new(1);
        for (int round = 0; round < 2000; round++)
        {
            int rows = random.Next(1, 6), columns = random.Next(1, 50);
            int sourcePitch = 2 * columns + random.Next(4), targetPitch = columns + random.Next(4);
            int[] source = new int[(rows - 1) * sourcePitch + 2 * columns + random.Next(2) * random.Next(40)];
            for (int i = 0; i < source.Length; i++) source[i] = random.Next();
            int length = (rows - 1) * targetPitch + columns + random.Next(2) * random.Next(20);
            int[] even = new int[length + 16], odd = new int[length + 16];
            PixelPairs.Split(source, sourcePitch, even.AsSpan(0, length), odd.AsSpan(0, length), targetPitch, rows, columns);
            for (int i = 0; i < rows * columns; i++)
            {
                (int y, int x) = Math.DivRem(i, columns);
                Assert.Equal(source[y * sourcePitch + 2 * x], even[y * targetPitch + x]);
                Assert.Equal(source[y * sourcePitch + 2 * x + 1], odd[y * targetPitch + x]);
            }
            Assert.All(even.Skip(length), pixel => Assert.Equal(0, pixel));
            Assert.All(odd.Skip(length), pixel => Assert.Equal(0, pixel));
        }
    }

    [Fact]
    public void Refuses_rows_that_do_not_fit()
    {
        Assert.Throws<ArgumentException>(() => PixelPairs.Split(new int[15], 8, new int[8], new int[8], 4, 2, 4));
        Assert.Throws<ArgumentException>(() => PixelPairs.Split(new int[16], 8, new int[7], new int[7], 4, 2, 4));
        Assert.Throws<ArgumentException>(() => PixelPairs.Split(new int[16], 8, new int[8], new int[9], 4, 2, 4));
    }
}
