using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Local response normalisation (Krizhevsky et al. 2012): each element over (bias + alpha * the sum of the squares of the channels within a
/// radius) to the power of beta.
/// </summary>
internal sealed class LocalResponse : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _output;
    private readonly int _radius;
    private readonly float _bias;
    private readonly float _alpha;
    private readonly float _beta;

    /// <param name="input">[..., channels].</param>
    /// <param name="output">[..., channels].</param>
    /// <param name="radius">Channels before and after that count.</param>
    /// <param name="bias">Added to the sum.</param>
    /// <param name="alpha">Factor of the sum.</param>
    /// <param name="beta">Exponent.</param>
    public LocalResponse(FlatBuffer<float> input, FlatBuffer<float> output, int radius, float bias, float alpha, float beta)
    {
        Shapes.Require(radius >= 0, "a radius is negative");
        _input = input;
        _output = Shapes.Shaped(output, input.Shape);
        _radius = radius;
        _bias = bias;
        _alpha = alpha;
        _beta = beta;
    }

    public override void Run(Workspace workspace) =>
        Run(workspace.Elements(_input), _input.Shape[^1], _radius, _bias, _alpha, _beta, workspace.Elements(_output));

    /// <summary>Normalises.</summary>
    /// <param name="source">[pixels][channels].</param>
    /// <param name="channels">Channels.</param>
    /// <param name="radius">Channels before and after that count.</param>
    /// <param name="bias">Added to the sum.</param>
    /// <param name="alpha">Factor of the sum.</param>
    /// <param name="beta">Exponent.</param>
    /// <param name="destination">[pixels][channels].</param>
    public static void Run(ReadOnlySpan<float> source, int channels, int radius, float bias, float alpha, float beta, Span<float> destination)
    {
        for (int start = 0; start < source.Length; start += channels)
        {
            ReadOnlySpan<float> pixel = source.Slice(start, channels);
            for (int channel = 0; channel < channels; channel++)
            {
                int first = Math.Max(channel - radius, 0);
                float sum = 0;
                foreach (float x in pixel.Slice(first, (int)Math.Min((long)channel + radius + 1, channels) - first)) sum += x * x;
                destination[start + channel] = pixel[channel] * Power(bias + alpha * sum, -beta);
            }
        }
    }

    /// <summary>The common exponents, which need only roots, are exact.</summary>
    private static float Power(float x, float exponent) => exponent switch
    {
        -1 => 1 / x,
        -0.5f => 1 / MathF.Sqrt(x),
        -0.75f => 1 / MathF.Sqrt(x * MathF.Sqrt(x)),
        _ => MathF.Pow(x, exponent),
    };
}
