using ModelBuild.Kernels.Tests.Tensors;

namespace ModelBuild.Kernels.Tests.Layers.Normalization;

/// <summary>Local response normalisation against its definition.</summary>
public sealed class LocalResponseTests
{
    [Theory]
    [InlineData(0, 1f, 1f, 0.5f)]
    [InlineData(2, 2f, 1e-4f, 0.75f)]
    [InlineData(1, 0.5f, 0.3f, 1f)]
    [InlineData(int.MaxValue, 1f, 0.1f, 0.6f)]
    public void DividesByTheNeighbours(int radius, float bias, float alpha, float beta)
    {
        var run = new TensorRun();
        NaiveTensor<float> x = new RandomTensors(1).Floats([2, 3, 7]);
        FlatBuffer<float> output = run.Output<float>(x.Shape);
        float[] actual = run.Run(new LocalResponse(run.Input(x), output, radius, bias, alpha, beta), output);
        var expected = NaiveTensor<float>.Build(x.Shape, i =>
        {
            double sum = Enumerable.Range(0, 7).Where(c => Math.Abs(c - i[2]) <= radius).Sum(c => (double)x[i[0], i[1], c] * x[i[0], i[1], c]);
            return (float)(x[i] / Math.Pow(bias + alpha * sum, beta));
        });
        for (int i = 0; i < actual.Length; i++) Assert.Equal(expected.Data[i], actual[i], 1e-5f);
    }
}
