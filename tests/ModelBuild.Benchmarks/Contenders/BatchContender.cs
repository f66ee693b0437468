namespace ModelBuild.Benchmarks.Contenders;

/// <summary>The predictor that ModelBuild generated, on several samples: in a call each, or in one for all.</summary>
internal sealed class BatchContender(Predictor predictor, bool together) : IContender
{
    /// <summary>How many.</summary>
    public const int Samples = 16;

    public string Name => together ? "one call" : "a call each";

    public void Run(float[] input, float[] output)
    {
        if (together)
        {
            predictor.RunBatch(input, output, Samples);
            return;
        }
        int from = predictor.InputLength, to = predictor.OutputLength;
        for (int i = 0; i < Samples; i++) predictor.Run(input.AsSpan(i * from, from), output.AsSpan(i * to, to));
    }

    public void Dispose()
    {
    }
}
