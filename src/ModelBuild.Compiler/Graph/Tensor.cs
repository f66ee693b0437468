namespace ModelBuild.Compiler.Graph;

/// <summary>
/// An array in row-major order with its type and shape; not to be changed once it is shared. Elements by type: the C# number
/// type of the same width (quantised types as their integers), <see cref="Half"/>, <see cref="BFloat16"/>, bool, byte[] for
/// strings, <see cref="System.Numerics.Complex"/> for complex64 and complex128, object for resources and variants.
/// </summary>
public sealed class Tensor
{
    private readonly Array _data;

    /// <param name="type">Element type, which fixes the array's.</param>
    /// <param name="shape">A static shape with as many elements as <paramref name="data"/>.</param>
    /// <param name="data">The elements; not copied.</param>
    public Tensor(DataType type, Shape shape, Array data)
    {
        if (shape.Count != data.Length) throw new ArgumentException($"{data.Length} elements do not fill the shape {shape}.");
        (Type, Shape, _data) = (type, shape, data);
    }

    /// <summary>A float32 tensor.</summary>
    public static Tensor Of(Shape shape, float[] data) => new(DataType.Float32, shape, data);

    /// <summary>An int32 tensor.</summary>
    public static Tensor Of(Shape shape, int[] data) => new(DataType.Int32, shape, data);

    public DataType Type { get; }

    public Shape Shape { get; }

    public int Count => _data.Length;

    /// <summary>The elements; <typeparamref name="T"/> must be the array's own type.</summary>
    public ReadOnlySpan<T> Elements<T>() => _data is T[] data ? data : throw new InvalidOperationException($"A tensor of {Type} does not hold {typeof(T).Name}.");

    /// <summary>The array itself, for code that works on any type.</summary>
    public Array Data => _data;

    /// <summary>The same elements in another shape of as many.</summary>
    public Tensor Reshape(Shape shape) => new(Type, shape, _data);

    public override string ToString() => $"{Type}{Shape}";
}
