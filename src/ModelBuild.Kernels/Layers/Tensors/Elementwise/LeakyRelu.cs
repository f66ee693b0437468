using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>x, or alpha x where x is not above 0.</summary>
internal static class LeakyRelu
{
    /// <summary>Applies the function.</summary>
    public static void Run<T>(ReadOnlySpan<T> source, T alpha, Span<T> destination) where T : IFloatingPointIeee754<T>
    {
        destination = destination.Slice(0, source.Length);
        int i = 0;
        if (Vector<T>.IsSupported)
        {
            var slope = new Vector<T>(alpha);
            for (; i <= source.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var x = new Vector<T>(source.Slice(i));
                Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<T>.Zero), x, x * slope).CopyTo(destination.Slice(i));
            }
        }
        for (; i < source.Length; i++) destination[i] = source[i] > T.Zero ? source[i] : source[i] * alpha;
    }
}

/// <inheritdoc cref="LeakyRelu"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="alpha">Slope below 0.</param>
internal sealed class LeakyRelu<T>(FlatBuffer<T> input, FlatBuffer<T> output, float alpha) : Layer
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => LeakyRelu.Run<T>(workspace.Elements(input), T.CreateTruncating(alpha), workspace.Elements(_output));
}
