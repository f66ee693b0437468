using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Combines slices of an array with updates at coordinate tuples: TensorFlow's TensorScatterAdd, -Sub, -Max and -Min.</summary>
internal static class TensorScatterApply
{
    /// <summary>Copies the input and combines.</summary>
    /// <param name="function">Add, Subtract, Maximum or Minimum.</param>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="indices">Coordinate tuples.</param>
    /// <param name="coordinates">Length of a tuple.</param>
    /// <param name="updates">A slice a tuple.</param>
    /// <param name="destination">Output.</param>
    /// <exception cref="ArgumentException">An index is outside its axis.</exception>
    public static void Run<T, TIndex>(
        BinaryFunction function, ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<TIndex> indices, int coordinates,
        ReadOnlySpan<T> updates, Span<T> destination)
        where T : INumber<T>
        where TIndex : IBinaryInteger<TIndex>
    {
        source.CopyTo(destination);
        switch (function)
        {
            case BinaryFunction.Add:
                TensorScatterUpdate.Apply<T, TIndex, AddFunction<T>>(indices, coordinates, updates, shape, destination);
                break;
            case BinaryFunction.Subtract:
                TensorScatterUpdate.Apply<T, TIndex, SubtractFunction<T>>(indices, coordinates, updates, shape, destination);
                break;
            case BinaryFunction.Maximum:
                TensorScatterUpdate.Apply<T, TIndex, MaximumFunction<T>>(indices, coordinates, updates, shape, destination);
                break;
            case BinaryFunction.Minimum:
                TensorScatterUpdate.Apply<T, TIndex, MinimumFunction<T>>(indices, coordinates, updates, shape, destination);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such update.");
        }
    }
}

/// <inheritdoc cref="TensorScatterApply"/>
internal sealed class TensorScatterApply<T, TIndex> : Layer
    where T : unmanaged, INumber<T>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly BinaryFunction _function;
    private readonly FlatBuffer<T> _input;
    private readonly FlatBuffer<TIndex> _indices;
    private readonly FlatBuffer<T> _updates;
    private readonly FlatBuffer<T> _output;

    /// <param name="input">Input.</param>
    /// <param name="indices">Coordinate tuples along the last axis.</param>
    /// <param name="updates">A slice a tuple.</param>
    /// <param name="output">Output.</param>
    /// <param name="function">Add, Subtract, Maximum or Minimum.</param>
    public TensorScatterApply(FlatBuffer<T> input, FlatBuffer<TIndex> indices, FlatBuffer<T> updates, FlatBuffer<T> output, string function)
    {
        ScatterNd.Check(input.Shape, indices.Shape, updates.Shape);
        _function = Enum.Parse<BinaryFunction>(function);
        _input = input;
        _indices = indices;
        _updates = updates;
        _output = Shapes.Shaped(output, input.Shape);
    }

    public override void Run(Workspace workspace) => TensorScatterApply.Run<T, TIndex>(
        _function, workspace.Elements(_input), _input.Shape, workspace.Elements(_indices), _indices.Shape[^1], workspace.Elements(_updates),
        workspace.Elements(_output));
}
