using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Tests.Operations;

/// <summary>Tensors written down in tests, and what is expected of them.</summary>
internal static class Arrays
{
    public static Tensor Of<T>(int[] shape, params T[] elements) => new(TypeOf<T>(), Shape.Of(shape), elements);

    /// <summary>A vector.</summary>
    public static Tensor Row<T>(params T[] elements) => Of([elements.Length], elements);

    /// <summary>A single element.</summary>
    public static Tensor One<T>(T element) => Of([], element);

    /// <summary>0, 1, 2, ... in a shape.</summary>
    public static Tensor Count(params int[] shape) => Of(shape, [.. Enumerable.Range(0, Inference.Product(shape)).Select(i => (float)i)]);

    public static Tensor Brains(params float[] elements) => Row(Array.ConvertAll(elements, element => (BFloat16)element));

    public static void Equal<T>(int[] shape, T[] elements, Tensor actual)
    {
        Assert.Equal(TypeOf<T>(), actual.Type);
        Assert.Equal(Shape.Of(shape), actual.Shape);
        Assert.Equal(elements, actual.Elements<T>().ToArray());
    }

    public static void EqualRow<T>(T[] elements, Tensor actual) => Equal([elements.Length], elements, actual);

    private static DataType TypeOf<T>() =>
        Enum.GetValues<DataType>().First(type => type.ToString()[0] != 'Q' && ElementTypes.ElementType(type) == typeof(T));
}
