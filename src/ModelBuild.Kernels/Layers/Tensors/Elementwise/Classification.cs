using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Asks of each number whether it is finite, infinite or not a number.</summary>
internal static class Classification
{
    /// <summary>Answers for each element.</summary>
    public static void Run<T>(ClassificationFunction function, ReadOnlySpan<T> source, Span<bool> destination) where T : INumberBase<T>
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = function switch
            {
                ClassificationFunction.IsNan => T.IsNaN(source[i]),
                ClassificationFunction.IsInf => T.IsInfinity(source[i]),
                _ => T.IsFinite(source[i]),
            };
        }
    }
}

/// <inheritdoc cref="Classification"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="function">A name of <see cref="ClassificationFunction"/>.</param>
internal sealed class Classification<T>(FlatBuffer<T> input, FlatBuffer<bool> output, string function) : Layer
    where T : unmanaged, INumberBase<T>
{
    private readonly ClassificationFunction _function = Enum.Parse<ClassificationFunction>(function);
    private readonly FlatBuffer<bool> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => Classification.Run<T>(_function, workspace.Elements(input), workspace.Elements(_output));
}
