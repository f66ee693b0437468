using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Softmax over the last dimension, or its logarithm x - maximum - ln(sum of e^(x - maximum)), computed in double.</summary>
internal static class SoftmaxFloating
{
    /// <summary>Computes row by row.</summary>
    /// <param name="source">[..., classes].</param>
    /// <param name="destination">Output, as long; may be the input.</param>
    /// <param name="classes">Elements of a row.</param>
    /// <param name="isLogarithm">Gives the logarithm of the softmax.</param>
    public static void Run<T>(ReadOnlySpan<T> source, Span<T> destination, int classes, bool isLogarithm) where T : IFloatingPointIeee754<T>
    {
        for (int start = 0; start < source.Length; start += classes)
        {
            ReadOnlySpan<T> logits = source.Slice(start, classes);
            Span<T> results = destination.Slice(start, classes);
            double maximum = double.NegativeInfinity;
            foreach (T logit in logits) maximum = Math.Max(maximum, double.CreateTruncating(logit));
            double sum = 0;
            foreach (T logit in logits) sum += Math.Exp(double.CreateTruncating(logit) - maximum);
            double shift = maximum + Math.Log(sum);
            for (int i = 0; i < classes; i++)
            {
                double x = double.CreateTruncating(logits[i]);
                results[i] = T.CreateTruncating(isLogarithm ? x - shift : Math.Exp(x - maximum) / sum);
            }
        }
    }
}

/// <inheritdoc cref="SoftmaxFloating"/>
/// <param name="input">[..., classes].</param>
/// <param name="output">Output, of the same shape.</param>
/// <param name="isLogarithm">Gives the logarithm of the softmax.</param>
internal sealed class SoftmaxFloating<T>(FlatBuffer<T> input, FlatBuffer<T> output, bool isLogarithm) : Layer
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) =>
        SoftmaxFloating.Run<T>(workspace.Elements(input), workspace.Elements(_output), input.Shape[^1], isLogarithm);
}
