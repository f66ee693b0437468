using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Lowering;

/// <summary>A value's shape seen as an image: its last three dimensions, missing ones being 1.</summary>
internal readonly record struct ImageShape(int Height, int Width, int Channels)
{
    private const int Dimensions = 3;

    /// <summary>A vector of channels.</summary>
    public bool IsPixel => Height == 1 && Width == 1;

    /// <summary>Number of pixels.</summary>
    public int Pixels => Height * Width;

    /// <summary>The image of a shape that holds something and has but one image, or null.</summary>
    public static ImageShape? Of(Shape shape)
    {
        if (!shape.IsStatic || shape.Count == 0) return null;
        ReadOnlySpan<int> dimensions = shape.Dimensions;
        ReadOnlySpan<int> batch = dimensions[..^Math.Min(Dimensions, dimensions.Length)];
        if (batch.ContainsAnyExcept(1)) return null;
        return new ImageShape(FromEnd(shape, 3), FromEnd(shape, 2), FromEnd(shape, 1));
    }

    private static int FromEnd(Shape shape, int place) => place <= shape.Rank ? shape[-place] : 1;
}
