using Xunit.Abstractions;

namespace ModelBuild.Kernels.Tests;

/// <summary>Sizes of a pool.</summary>
public sealed record PoolCase(
    int Channels, int Height, int Width, int WindowHeight, int WindowWidth, int StrideHeight, int StrideWidth, int PadTop, int PadLeft,
    int OutputHeight, int OutputWidth) : IXunitSerializable
{
    public PoolCase() : this(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    {
    }

    /// <summary>Usual ones, and random ones.</summary>
    public static TheoryData<PoolCase> All
    {
        get
        {
            TheoryData<PoolCase> data = new()
            {
                new PoolCase(16, 8, 8, 2, 2, 2, 2, 0, 0, 4, 4),
                new PoolCase(7, 13, 13, 3, 3, 2, 2, 0, 0, 6, 6),
                new PoolCase(5, 12, 12, 3, 3, 2, 2, 0, 0, 6, 6),
                new PoolCase(12, 17, 35, 3, 3, 1, 1, 1, 1, 17, 35),
                new PoolCase(3, 1, 700, 1, 3, 1, 2, 0, 1, 1, 350),
                new PoolCase(4, 20, 20, 20, 20, 1, 1, 0, 0, 1, 1),
                new PoolCase(1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1),
            };
            Random random = new(3);
            for (int channels = 1; channels <= 17; channels++) data.Add(Next(random, channels));
            return data;
        }
    }

    /// <summary>A value for each output, NHWC, from the indices of its window's pixels inside the image.</summary>
    public IEnumerable<T> Each<T>(Func<IReadOnlyList<int>, T> value)
    {
        for (int y = 0; y < OutputHeight; y++)
        for (int x = 0; x < OutputWidth; x++)
        for (int c = 0; c < Channels; c++)
            yield return value([.. Window(y, x).Select(pixel => pixel * Channels + c)]);
    }

    private IEnumerable<int> Window(int y, int x) =>
        from row in Enumerable.Range(y * StrideHeight - PadTop, WindowHeight)
        from column in Enumerable.Range(x * StrideWidth - PadLeft, WindowWidth)
        where row >= 0 && row < Height && column >= 0 && column < Width
        select row * Width + column;

    private static PoolCase Next(Random random, int channels)
    {
        int windowHeight = random.Next(1, 5), windowWidth = random.Next(1, 5);
        int height = random.Next(windowHeight, 12), width = random.Next(windowWidth, 40);
        int strideHeight = random.Next(1, 4), strideWidth = random.Next(1, 4);
        int padTop = random.Next(0, windowHeight), padLeft = random.Next(0, windowWidth);
        return new PoolCase(
            channels, height, width, windowHeight, windowWidth, strideHeight, strideWidth, padTop, padLeft,
            (height + padTop - 1) / strideHeight + 1, (width + padLeft - 1) / strideWidth + 1);
    }

    void IXunitSerializable.Deserialize(IXunitSerializationInfo info)
    {
        foreach (System.Reflection.PropertyInfo property in Sizes) property.SetValue(this, info.GetValue<int>(property.Name));
    }

    void IXunitSerializable.Serialize(IXunitSerializationInfo info)
    {
        foreach (System.Reflection.PropertyInfo property in Sizes) info.AddValue(property.Name, property.GetValue(this));
    }

    private static IEnumerable<System.Reflection.PropertyInfo> Sizes => typeof(PoolCase).GetProperties().Where(p => p.PropertyType == typeof(int));
}
