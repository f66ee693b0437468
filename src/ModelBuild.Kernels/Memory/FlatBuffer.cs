namespace ModelBuild.Kernels;

/// <summary>A row-major array in the working memory.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed class FlatBuffer<T> where T : unmanaged
{
    /// <param name="offset">First byte in the arena, a multiple of 64.</param>
    /// <param name="shape">Dimensions, row-major.</param>
    public FlatBuffer(int offset, params int[] shape)
    {
        Offset = offset;
        Shape = shape;
        Length = 1;
        foreach (int dimension in shape) Length *= dimension;
    }

    /// <summary>First byte in the arena.</summary>
    public int Offset { get; }

    /// <summary>Dimensions, row-major.</summary>
    public int[] Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }
}
