namespace ModelBuild.Benchmarks.Contenders;

/// <summary>The predictor that ModelBuild generated.</summary>
internal sealed class GeneratedContender(Predictor predictor) : IContender
{
    public string Name => "ModelBuild int8";

    public void Run(float[] input, float[] output) => predictor.Run(input, output);

    public void Dispose()
    {
    }
}
