namespace ModelBuild.Kernels.Tests;

public class SoftmaxTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void SoftmaxInt8_is_that_of_the_logits(int classes)
    {
        Arena arena = new(classes);
        ImageBuffer input = arena.Image(classes, 1, 1, plain: true);
        FlatBuffer<float> output = arena.Flat(1, classes);
        byte[] logits = arena.Fill(input);
        new SoftmaxInt8(input, output, 0.11f).Run(arena.Workspace);
        AssertSoftmax([.. logits.Select(q => q * (double)0.11f)], arena.Read(output));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(1, 1000)]
    [InlineData(5, 37)]
    public void SoftmaxFloat_is_that_of_each_row(int rows, int classes)
    {
        Arena arena = new(classes);
        FlatBuffer<float> input = arena.Flat(rows, classes), output = arena.Flat(rows, classes);
        float[] logits = arena.Fill(input, 60);
        new SoftmaxFloat(input, output).Run(arena.Workspace);
        float[] probabilities = arena.Read(output);
        for (int row = 0; row < rows; row++)
        {
            AssertSoftmax(
                [.. logits.Skip(row * classes).Take(classes).Select(x => (double)x)],
                [.. probabilities.Skip(row * classes).Take(classes)]);
        }
    }

    private static void AssertSoftmax(double[] logits, float[] probabilities)
    {
        double[] exponentials = [.. logits.Select(x => Math.Exp(x - logits.Max()))];
        double sum = exponentials.Sum();
        for (int i = 0; i < logits.Length; i++)
        {
            double expected = exponentials[i] / sum;
            Assert.Equal(expected, probabilities[i], expected * 1e-5 + 1e-37);
        }
    }
}
