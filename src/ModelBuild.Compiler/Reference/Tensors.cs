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

    /// <summary>The elements of an int32 or int64 tensor as ints.</summary>
    public static int[] Integers(Tensor tensor) => Inference.Integers(Value.Of("", tensor))!;

    /// <summary>The single element of an int32 or int64 tensor.</summary>
    public static int Integer(Tensor tensor) => Integers(tensor)[0];

    /// <summary>Shape and type of an operation's outputs for actual inputs.</summary>
    public static IReadOnlyList<(DataType Type, Shape Shape)> Infer(Operation operation, IReadOnlyList<Tensor> inputs) =>
        operation.Infer([.. inputs.Select(input => Value.Of("", input))]);

    /// <summary>Shape of an operation's first output for actual inputs.</summary>
    public static int[] OutputShape(Operation operation, IReadOnlyList<Tensor> inputs) => Infer(operation, inputs)[0].Shape.ToArray();
}
