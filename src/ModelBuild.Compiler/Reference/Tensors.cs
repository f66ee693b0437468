using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Reference;

/// <summary>What executors share: results of a shape, integers of any width.</summary>
internal static class Tensors
{
    /// <summary>Fills a new tensor of floats.</summary>
    public static Tensor Floats(ReadOnlySpan<int> shape, Action<float[]> fill) => Fill(DataType.Float32, shape, fill);

    /// <summary>Fills a new tensor; <typeparamref name="T"/> is the element type of <paramref name="type"/>.</summary>
    public static Tensor Fill<T>(DataType type, ReadOnlySpan<int> shape, Action<T[]> fill)
    {
        Shape result = Shape.Of(shape);
        T[] elements = new T[Inference.Product(shape)];
        fill(elements);
        return new Tensor(type, result, elements);
    }

    /// <summary>A vector of int32 or int64.</summary>
    public static Tensor Vector(DataType type, int[] elements) => new(
        type, Shape.Of(elements.Length), type == DataType.Int64 ? Array.ConvertAll(elements, element => (long)element) : elements);

    /// <summary>The only element of a tensor.</summary>
    public static T Single<T>(Tensor tensor)
    {
        ReadOnlySpan<T> elements = tensor.Elements<T>();
        Inference.Require(elements.Length == 1, $"a tensor of the shape {tensor.Shape} stands where a single element is needed.");
        return elements[0];
    }

    /// <summary>The elements of a tensor of integers as ints.</summary>
    public static int[] Integers(Tensor tensor) => Inference.Integers(Value.Of("an operand", tensor))!;

    /// <summary>The single element of a tensor of integers.</summary>
    public static int Integer(Tensor tensor) => Inference.Integer(Value.Of("an operand", tensor))!.Value;

    /// <summary>Shape and type of an operation's outputs for actual inputs.</summary>
    public static IReadOnlyList<(DataType Type, Shape Shape)> Infer(Operation operation, IReadOnlyList<Tensor> inputs) =>
        operation.Infer([.. inputs.Select(input => Value.Of("", input))]);

    /// <summary>Shape of an operation's first output for actual inputs.</summary>
    public static int[] OutputShape(Operation operation, IReadOnlyList<Tensor> inputs) => Infer(operation, inputs)[0].Shape.ToArray();
}
