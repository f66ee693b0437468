using System;

namespace ModelBuild.Kernels;

/// <summary>Asks whether all or any truth values along some axes hold.</summary>
/// <param name="input">Input.</param>
/// <param name="output">Output, with or without the reduced axes.</param>
/// <param name="axes">Axes reduced.</param>
/// <param name="any">Any instead of all.</param>
internal sealed class ReduceLogical(FlatBuffer<bool> input, FlatBuffer<bool> output, int[] axes, bool any) : Layer
{
    private readonly FlatBuffer<bool> _output = Shapes.Shaped(output, Reduce.OutputShape(input.Shape, axes, output.Shape.Length == input.Shape.Length));

    public override void Run(Workspace workspace) => Run(any, workspace.Elements(input), input.Shape, axes, workspace.Elements(_output));

    /// <summary>Reduces; other arguments as those of <see cref="Reduce.Run"/>.</summary>
    public static void Run(bool any, ReadOnlySpan<bool> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> axes, Span<bool> destination)
    {
        if (any) Reduce.Run<bool, bool, Reducers.Any>(source, shape, axes, destination);
        else Reduce.Run<bool, bool, Reducers.All>(source, shape, axes, destination);
    }
}
