namespace ModelBuild.Kernels.Tests.Tensors;

/// <summary>An array whose elements are addressed by coordinates: the plain way to write down what an operation means.</summary>
internal sealed class NaiveTensor<T>(int[] shape, T[] data)
{
    public int[] Shape { get; } = shape;

    public T[] Data { get; } = data;

    public T this[params int[] index]
    {
        get => Data[Offset(index)];
        set => Data[Offset(index)] = value;
    }

    /// <summary>An array whose elements are computed from their coordinates.</summary>
    public static NaiveTensor<T> Build(int[] shape, Func<int[], T> element)
    {
        var tensor = new NaiveTensor<T>(shape, new T[shape.Aggregate(1, (a, b) => a * b)]);
        foreach (int[] index in tensor.Indices()) tensor[index] = element(index);
        return tensor;
    }

    /// <summary>All coordinates in row-major order.</summary>
    public IEnumerable<int[]> Indices()
    {
        for (int i = 0; i < Data.Length; i++)
        {
            int[] index = new int[Shape.Length];
            int rest = i;
            for (int axis = Shape.Length - 1; axis >= 0; axis--)
            {
                index[axis] = rest % Shape[axis];
                rest /= Shape[axis];
            }
            yield return index;
        }
    }

    /// <summary>The element that a broadcast of this array has at coordinates of a shape of at least its rank.</summary>
    public T Broadcast(int[] index)
    {
        int lead = index.Length - Shape.Length;
        return this[Shape.Select((n, axis) => n == 1 ? 0 : index[lead + axis]).ToArray()];
    }

    private int Offset(int[] index)
    {
        int offset = 0;
        for (int axis = 0; axis < Shape.Length; axis++)
        {
            Assert.InRange(index[axis], 0, Shape[axis] - 1);
            offset = offset * Shape[axis] + index[axis];
        }
        return offset;
    }
}
