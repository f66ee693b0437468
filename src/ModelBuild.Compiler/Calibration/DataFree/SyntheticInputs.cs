using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Calibration.DataFree;

/// <summary>
/// Inputs to compare models on where there are no data. Images are of discs that cover each other, of all sizes, which have edges and power
/// at each scale as natural images have (A. B. Lee, D. Mumford, J. Huang, Occlusion models for natural images, Int. J. Computer Vision 41,
/// 2001); other arrays are white noise. Channels have the mean and variance that they are known to have, or 0 and 1. The same on every
/// machine.
/// </summary>
internal static class SyntheticInputs
{
    // As many as figures are measured on, of large networks fewer: all living values of all samples are kept at once.
    private const int MostSamples = 512, FewestSamples = 8;
    private const long MostBytes = 1L << 30;

    // How much of the power of a disc's colour its channels share: most things are rather grey.
    private const double Shared = 0.8;

    // A sum of so many uniform numbers between 0 and 1 has a variance of 1.
    private const int Uniforms = 12;

    // Radii, in pixels and as a part of the image, and how many discs at most: the last pixels may take long.
    private const double LeastRadius = 0.7, GreatestPart = 0.5;
    private const int MostDiscs = 10_000;

    /// <summary>Inputs of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="moments">What is known of its inputs.</param>
    public static CalibrationSamples Of(ModelGraph graph, IReadOnlyDictionary<Value, ChannelMoments[]> moments)
    {
        long widest = graph.Nodes.Max(node => node.Inputs.Concat(node.Outputs)
            .Where(value => value.Constant is null && value.Shape.IsStatic).Sum(value => (long)value.Shape.Count * sizeof(float)));
        return new CalibrationSamples((int)Math.Clamp(MostBytes / (widest * 2 + 1), FewestSamples, MostSamples), index =>
        {
            Random random = new(index);
            return [.. graph.Inputs.Select(input => Of(input, moments.GetValueOrDefault(input), random))];
        });
    }

    private static Tensor Of(Value input, ChannelMoments[]? moments, Random random)
    {
        if (input.Type != DataType.Float32) return ElementTypes.Any(input.Type, new Zeros(input));
        int channels = input.Shape.Rank == 0 ? 1 : input.Shape[-1];
        float[] elements = new float[input.Shape.Count];
        if (input.Shape.Rank == 4) Discs(input.Shape[1], input.Shape[2], channels, elements, random);
        else for (int i = 0; i < elements.Length; i++) elements[i] = (float)Normal(random);
        for (int i = 0; i < elements.Length; i++)
        {
            ChannelMoments known = moments?[i % channels] ?? ChannelMoments.Normal(0, 1);
            elements[i] = (float)Math.Clamp(known.Mean + known.Deviation * elements[i], known.Low, known.High);
        }
        return Tensor.Of(input.Shape, elements);
    }

    /// <summary>Discs from the front to the back until no pixel is left.</summary>
    private static void Discs(int height, int width, int channels, float[] image, Random random)
    {
        double greatest = Math.Max(LeastRadius, Math.Max(height, width) * GreatestPart);
        double most = 1 / (LeastRadius * LeastRadius), least = 1 / (greatest * greatest);
        bool[] covered = new bool[height * width];
        int left = covered.Length;
        double[] colour = new double[channels];
        for (int disc = 0; left > 0 && disc < MostDiscs; disc++)
        {
            // Radii have a density of r^-3, by which no scale is distinguished.
            double radius = 1 / Math.Sqrt(most - random.NextDouble() * (most - least)), reach = radius * radius;
            double y = random.NextDouble() * height, x = random.NextDouble() * width, grey = Normal(random);
            for (int c = 0; c < channels; c++)
                colour[c] = channels == 1 ? grey : Math.Sqrt(Shared) * grey + Math.Sqrt(1 - Shared) * Normal(random);
            for (int row = Math.Max(0, (int)(y - radius)); row < Math.Min(height, y + radius + 1); row++)
            {
                for (int column = Math.Max(0, (int)(x - radius)); column < Math.Min(width, x + radius + 1); column++)
                {
                    int pixel = row * width + column;
                    if (covered[pixel] || (row - y) * (row - y) + (column - x) * (column - x) > reach) continue;
                    covered[pixel] = true;
                    left--;
                    for (int c = 0; c < channels; c++) image[pixel * channels + c] = (float)colour[c];
                }
            }
        }
    }

    private static double Normal(Random random)
    {
        double sum = -Uniforms / 2.0;
        for (int i = 0; i < Uniforms; i++) sum += random.NextDouble();
        return sum;
    }

    private sealed record Zeros(Value Input) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(Input.Type, Input.Shape.Dimensions, _ => { });
    }
}
