using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Reduces integers along some axes.</summary>
internal static class ReduceInteger
{
    /// <summary>Reduces; arguments as those of <see cref="Reduce.Run"/>.</summary>
    public static void Run<T>(ReduceFunction function, ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> axes, Span<T> destination)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        switch (function)
        {
            case ReduceFunction.Sum: Reduce.Run<T, T, Reducers.IntegerSum<T>>(source, shape, axes, destination); break;
            case ReduceFunction.Mean: Reduce.Run<T, long, Reducers.IntegerMean<T>>(source, shape, axes, destination); break;
            case ReduceFunction.Product: Reduce.Run<T, T, Reducers.IntegerProduct<T>>(source, shape, axes, destination); break;
            case ReduceFunction.Maximum: Reduce.Run<T, T, Reducers.Greatest<T>>(source, shape, axes, destination); break;
            case ReduceFunction.Minimum: Reduce.Run<T, T, Reducers.Least<T>>(source, shape, axes, destination); break;
            case ReduceFunction.EuclideanNorm: Reduce.Run<T, T, Reducers.IntegerNorm<T>>(source, shape, axes, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such reduction.");
        }
    }
}

/// <inheritdoc cref="ReduceInteger"/>
/// <param name="input">Input.</param>
/// <param name="output">Output, with or without the reduced axes.</param>
/// <param name="axes">Axes reduced.</param>
/// <param name="function">A name of <see cref="ReduceFunction"/>.</param>
internal sealed class ReduceInteger<T>(FlatBuffer<T> input, FlatBuffer<T> output, int[] axes, string function) : Layer
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly ReduceFunction _function = Enum.Parse<ReduceFunction>(function);
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Reduce.OutputShape(input.Shape, axes, output.Shape.Length == input.Shape.Length));

    public override void Run(Workspace workspace) =>
        ReduceInteger.Run<T>(_function, workspace.Elements(input), input.Shape, axes, workspace.Elements(_output));
}
