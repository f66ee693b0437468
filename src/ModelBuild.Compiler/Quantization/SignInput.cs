using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Quantization;

/// <summary>
/// What a layer takes of its input: for each element the sign of the difference from its channel's threshold. The number it stands for is
/// the threshold and the amplitude more or less.
/// </summary>
/// <param name="Thresholds">[channels], the mean of each, so that both signs occur.</param>
/// <param name="Amplitude">The mean distance from the thresholds, with which the squared error is least (XNOR-Net's K, one for the layer).</param>
internal sealed record SignInput(float[] Thresholds, float Amplitude)
{
    /// <summary>By the inputs of some samples.</summary>
    public static SignInput Of(IReadOnlyList<Tensor> inputs)
    {
        int channels = inputs[0].Shape[-1];
        double[] sums = new double[channels];
        double count = 0, distance = 0;
        foreach (Tensor input in inputs)
        {
            ReadOnlySpan<float> elements = input.Elements<float>();
            for (int i = 0; i < elements.Length; i++) sums[i % channels] += elements[i];
            count += elements.Length;
        }
        float[] thresholds = Array.ConvertAll(sums, sum => (float)(sum * channels / count));
        foreach (Tensor input in inputs)
        {
            ReadOnlySpan<float> elements = input.Elements<float>();
            for (int i = 0; i < elements.Length; i++) distance += Math.Abs(elements[i] - thresholds[i % channels]);
        }
        return new SignInput(thresholds, (float)(distance / count));
    }

    /// <summary>As long as nothing but a range is known: of evenly distributed elements.</summary>
    public static SignInput Of(ValueRange range, int channels)
    {
        float[] thresholds = new float[channels];
        Array.Fill(thresholds, range.Minimum / 2 + range.Maximum / 2);
        return new SignInput(thresholds, range.Maximum / 4 - range.Minimum / 4);
    }

    /// <summary>The numbers that the signs of an input stand for.</summary>
    public Tensor Apply(Tensor input)
    {
        float[] result = [.. input.Elements<float>()];
        for (int i = 0; i < result.Length; i++)
        {
            float threshold = Thresholds[i % Thresholds.Length];
            result[i] = result[i] >= threshold ? threshold + Amplitude : threshold - Amplitude;
        }
        return Tensor.Of(input.Shape, result);
    }
}
