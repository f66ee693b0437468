namespace ModelBuild.Kernels;

/// <summary>A row-major array in the working memory, or a constant that layers read as if it were there.</summary>
/// <typeparam name="T">
/// Element type: a number or bool. No constraint says so, since ReadyToRun compiles no generic code with one ahead for primitive types.
/// </typeparam>
internal sealed class FlatBuffer<T>
{
    /// <param name="offset">First byte in the arena, a multiple of 64; where it is a part of another array, of its element size.</param>
    /// <param name="shape">Dimensions, row-major; none for a single element.</param>
    public FlatBuffer(int offset, params int[] shape)
    {
        Offset = offset;
        Shape = shape;
        Length = Shapes.Elements(shape);
    }

    /// <param name="values">The elements of a constant; not copied.</param>
    /// <param name="shape">Dimensions, row-major; none for a single element.</param>
    public FlatBuffer(T[] values, params int[] shape)
        : this(0, shape)
    {
        BufferChecks.Require(values.Length == Length, "a constant does not fill its shape");
        Values = values;
    }

    /// <summary>First byte in the arena; 0 for a constant, which is not in it.</summary>
    public int Offset { get; }

    /// <summary>Dimensions, row-major.</summary>
    public int[] Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements of a constant; null for what is in the arena.</summary>
    public T[]? Values { get; }
}
