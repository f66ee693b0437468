namespace ModelBuild.Kernels.Tests.Tensors;

/// <summary>Runs a layer over buffers filled with given arrays.</summary>
internal sealed class TensorRun
{
    private readonly List<Action<Workspace>> _fill = [];
    private int _bytes;

    /// <summary>A buffer with the values of an array.</summary>
    public FlatBuffer<T> Input<T>(NaiveTensor<T> tensor) where T : unmanaged
    {
        FlatBuffer<T> buffer = Output<T>(tensor.Shape);
        _fill.Add(workspace => tensor.Data.CopyTo(workspace.Elements(buffer)));
        return buffer;
    }

    /// <summary>A buffer without values.</summary>
    public FlatBuffer<T> Output<T>(int[] shape) where T : unmanaged
    {
        var buffer = new FlatBuffer<T>(_bytes, shape);
        _bytes += (buffer.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>() + 63) / 64 * 64;
        return buffer;
    }

    /// <summary>What the layer leaves in <paramref name="output"/>, twice the same although the memory was dirty.</summary>
    public T[] Run<T>(Layer layer, FlatBuffer<T> output) where T : unmanaged
    {
        var workspace = new Workspace(_bytes);
        T[] first = Once(layer, output, workspace);
        Assert.Equal(first, Once(layer, output, workspace));
        return first;
    }

    private T[] Once<T>(Layer layer, FlatBuffer<T> output, Workspace workspace) where T : unmanaged
    {
        foreach (Action<Workspace> fill in _fill) fill(workspace);
        layer.Run(workspace);
        return workspace.Elements(output).ToArray();
    }
}
