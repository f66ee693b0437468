using System;

namespace ModelBuild.Kernels;

/// <summary>Softmax of floats over the last dimension: <c>e^(x - maximum)</c> divided by the sum of these, in order.</summary>
internal sealed class SoftmaxFloat : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _output;

    /// <param name="input">[..., classes].</param>
    /// <param name="output">Probabilities, of the same shape.</param>
    public SoftmaxFloat(FlatBuffer<float> input, FlatBuffer<float> output)
    {
        BufferChecks.Require(input.Length == output.Length && input.Shape[^1] == output.Shape[^1], "arrays differ in shape");
        _input = input;
        _output = output;
    }

    public override void Run(Workspace workspace) =>
        Run(workspace.Elements(_input), workspace.Elements(_output), _input.Shape[^1]);

    /// <summary>Rows of <paramref name="classes"/> floats.</summary>
    public static void Run(ReadOnlySpan<float> input, Span<float> output, int classes)
    {
        for (int row = 0; row < output.Length; row += classes)
        {
            ReadOnlySpan<float> logits = input.Slice(row, classes);
            Span<float> probabilities = output.Slice(row, classes);
            float maximum = float.NegativeInfinity;
            foreach (float logit in logits) maximum = Math.Max(maximum, logit);
            for (int i = 0; i < classes; i++) probabilities[i] = logits[i] - maximum;
            UnaryFloat.Run(FloatFunction.Exp, probabilities, probabilities);
            float sum = 0;
            foreach (float exponential in probabilities) sum += exponential;
            for (int i = 0; i < classes; i++) probabilities[i] /= sum;
        }
    }
}
