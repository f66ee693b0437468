using System;

namespace ModelBuild.Kernels;

/// <summary>
/// TensorFlow's FakeQuantWithMinMaxVars: limits floats to a range that was moved so that 0 is a step, and rounds them to the range's
/// steps.
/// </summary>
internal static class FakeQuantize
{
    /// <summary>Rounds each element.</summary>
    /// <param name="source">Input.</param>
    /// <param name="minimum">Least number: one, or one a channel (last dimension).</param>
    /// <param name="maximum">Greatest number.</param>
    /// <param name="bits">There are 2^bits steps.</param>
    /// <param name="narrowRange">There is one less.</param>
    /// <param name="destination">Output, as many.</param>
    public static void Run(
        ReadOnlySpan<float> source, ReadOnlySpan<float> minimum, ReadOnlySpan<float> maximum, int bits, bool narrowRange, Span<float> destination)
    {
        bool fits = minimum.Length == maximum.Length && (minimum.Length == 1 || source.Length % minimum.Length == 0);
        Shapes.Require(fits, "there are not as many ranges as channels");
        for (int channel = 0; channel < minimum.Length; channel++)
        {
            FakeQuantizeRange range = new(minimum[channel], maximum[channel], bits, narrowRange);
            for (int i = channel; i < source.Length; i += minimum.Length) destination[i] = range.Apply(source[i]);
        }
    }
}

/// <inheritdoc cref="FakeQuantize"/>
internal sealed class FakeQuantizeFloat : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _minimum;
    private readonly FlatBuffer<float> _maximum;
    private readonly FlatBuffer<float> _output;
    private readonly int _bits;
    private readonly bool _narrowRange;

    /// <param name="input">Input.</param>
    /// <param name="minimum">Least number: one, or one a channel (last dimension).</param>
    /// <param name="maximum">Greatest number.</param>
    /// <param name="output">Output.</param>
    /// <param name="bits">There are 2^bits steps.</param>
    /// <param name="narrowRange">There is one less.</param>
    public FakeQuantizeFloat(
        FlatBuffer<float> input, FlatBuffer<float> minimum, FlatBuffer<float> maximum, FlatBuffer<float> output, int bits, bool narrowRange)
    {
        (_input, _minimum, _maximum, _bits, _narrowRange) = (input, minimum, maximum, bits, narrowRange);
        _output = Shapes.Shaped(output, input.Shape);
    }

    public override void Run(Workspace workspace) => FakeQuantize.Run(
        workspace.Elements(_input), workspace.Elements(_minimum), workspace.Elements(_maximum), _bits, _narrowRange, workspace.Elements(_output));
}
