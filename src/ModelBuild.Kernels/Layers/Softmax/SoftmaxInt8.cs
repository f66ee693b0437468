using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Softmax over a vector of quantised logits: <c>e(maximum - q) / sum of e(maximum - q)</c> with <c>e(d) = exp(-d * scale)</c>
/// from a table. The zero point cancels out. The sum runs in order of channels, so that every CPU gives the same bits.
/// </summary>
internal sealed class SoftmaxInt8 : Layer
{
    private readonly ImageBuffer _input;
    private readonly FlatBuffer<float> _output;
    private readonly float[] _exponentials = new float[256];

    /// <param name="input">Logits, 1x1.</param>
    /// <param name="output">Probabilities, one a channel.</param>
    /// <param name="scale">Scale of the logits, times any factor before the softmax.</param>
    public SoftmaxInt8(ImageBuffer input, FlatBuffer<float> output, float scale)
    {
        BufferChecks.OnePixel(input);
        BufferChecks.SameLength(input, output);
        BufferChecks.Require(scale > 0, "a scale is positive");
        _input = input;
        _output = output;
        for (int d = 0; d < _exponentials.Length; d++) _exponentials[d] = FloatMath.Exp(-d * scale);
    }

    public override void Run(Workspace workspace)
    {
        ReadOnlySpan<byte> logits = workspace.Bytes(_input).Slice(0, _input.Channels);
        Span<float> probabilities = workspace.Elements(_output);
        byte maximum = 0;
        foreach (byte logit in logits) maximum = Math.Max(maximum, logit);
        float sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            float exponential = _exponentials[maximum - logits[i]];
            probabilities[i] = exponential;
            sum += exponential;
        }
        for (int i = 0; i < probabilities.Length; i++) probabilities[i] /= sum;
    }
}
