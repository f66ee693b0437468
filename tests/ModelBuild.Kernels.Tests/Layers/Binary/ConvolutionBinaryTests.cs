namespace ModelBuild.Kernels.Tests;

/// <summary><see cref="PackSigns"/> and <see cref="ConvolutionBinary"/>: sums of products of numbers, and the same bits in all variants.</summary>
public class ConvolutionBinaryTests
{
    private static readonly ConvolutionShape[] Shapes =
    [
        //    h  w  c   o   k  s  d  pad
        Shape(7, 7, 16, 40, 1, 1, 1, 0),
        Shape(9, 11, 3, 8, 3, 2, 1, 1),
        Shape(8, 6, 5, 33, 3, 1, 2, 2),
        Shape(8, 9, 64, 7, 3, 1, 1, 1),
        Shape(6, 5, 17, 1, 5, 1, 1, 2),
        Shape(6, 6, 24, 9, 2, 2, 1, 0),
        Shape(2, 2, 9, 12, 5, 1, 1, 2),
        Shape(1, 1, 1301, 20, 1, 1, 1, 0),
        Shape(3, 3, 259, 17, 3, 1, 1, 1), // more words than fit the bytes that count their bits
    ];

    public static TheoryData<string> Variants => [.. Enum.GetNames<KernelVariant>()];

    [SkippableTheory]
    [MemberData(nameof(Variants))]
    public void Equals_the_definition(string variant) => Check(Supported.Variant(variant));

    /// <summary>All shapes in a variant that this process supports.</summary>
    internal static void Check(KernelVariant variant)
    {
        foreach (ConvolutionShape shape in Shapes) Check(variant, shape);
    }

    private static void Check(KernelVariant variant, ConvolutionShape shape)
    {
        Random random = new(shape.Weights);
        float[] image = Numbers(random, shape.InputLength), thresholds = Numbers(random, shape.InputChannels);
        // What equals the threshold counts as above it, and what is no number as below.
        image[0] = thresholds[0];
        image[^1] = float.NaN;
        float[] scales = [.. Numbers(random, shape.OutputChannels).Select(Math.Abs)], bias = Numbers(random, shape.OutputChannels);
        sbyte[] weights = [.. Enumerable.Range(0, shape.Weights).Select(_ => (sbyte)(random.Next(2) * 2 - 1))];
        const float Amplitude = 0.7f, Minimum = -20, Maximum = 25;
        float[] expected = Define(shape, image, weights, scales, bias, thresholds, Amplitude);

        SignWindow window = new(shape);
        FlatBuffer<float> input = new(0, 1, shape.InputHeight, shape.InputWidth, shape.InputChannels);
        FlatBuffer<byte> signs = new(Aligned(input.Length * sizeof(float)), window.Bytes);
        FlatBuffer<float> output = new(signs.Offset + Aligned(signs.Length), 1, shape.OutputHeight, shape.OutputWidth, shape.OutputChannels);
        float[] Run(KernelVariant kernel)
        {
            Workspace workspace = new(output.Offset + output.Length * sizeof(float));
            workspace.Elements(signs).Fill(byte.MaxValue);
            image.CopyTo(workspace.Elements(input));
            new PackSigns(input, signs, thresholds, shape.PadTop, shape.PadLeft, window.Width).Run(workspace);
            new ConvolutionBinary(kernel, signs, output, weights, scales, bias, thresholds, Amplitude, shape, Minimum, Maximum).Run(workspace);
            return workspace.Elements(output).ToArray();
        }

        float[] actual = Run(variant);
        for (int i = 0; i < expected.Length; i++)
        {
            float wanted = Math.Clamp(expected[i], Minimum, Maximum);
            Assert.True(Math.Abs(wanted - actual[i]) <= 1e-3f, $"Output {i} of {shape} is {actual[i]} instead of {wanted}.");
        }
        Assert.Equal(Run(KernelVariant.Scalar).Select(BitConverter.SingleToUInt32Bits), actual.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Weights_that_are_no_signs_are_refused()
    {
        ConvolutionShape shape = Shape(1, 1, 2, 1, 1, 1, 1, 0);
        Assert.Throws<ArgumentException>(() => new SignWeights(new SignWindow(shape), [1, 0], [1], [0], [0, 0], 1));
    }

    /// <summary>Each element is its threshold and the amplitude more or less; outside of the image are zeros.</summary>
    private static float[] Define(
        ConvolutionShape shape, float[] image, sbyte[] weights, float[] scales, float[] bias, float[] thresholds, float amplitude)
    {
        float[] result = new float[shape.OutputLength];
        for (int y = 0; y < shape.OutputHeight; y++)
        for (int x = 0; x < shape.OutputWidth; x++)
        for (int o = 0; o < shape.OutputChannels; o++)
        {
            double sum = 0;
            for (int ky = 0; ky < shape.KernelHeight; ky++)
            for (int kx = 0; kx < shape.KernelWidth; kx++)
            {
                int row = y * shape.StrideHeight + ky * shape.DilationHeight - shape.PadTop;
                int column = x * shape.StrideWidth + kx * shape.DilationWidth - shape.PadLeft;
                if (row < 0 || row >= shape.InputHeight || column < 0 || column >= shape.InputWidth) continue;
                for (int c = 0; c < shape.InputChannels; c++)
                {
                    bool isAbove = image[(row * shape.InputWidth + column) * shape.InputChannels + c] >= thresholds[c];
                    int weight = weights[((o * shape.KernelHeight + ky) * shape.KernelWidth + kx) * shape.InputChannels + c];
                    sum += weight * (thresholds[c] + (isAbove ? (double)amplitude : -amplitude));
                }
            }
            result[(y * shape.OutputWidth + x) * shape.OutputChannels + o] = (float)(bias[o] + scales[o] * sum);
        }
        return result;
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];

    private static int Aligned(int bytes) => (bytes + 63) / 64 * 64;

    private static ConvolutionShape Shape(int height, int width, int channels, int outputs, int kernel, int stride, int dilation, int pad)
    {
        int reach = (kernel - 1) * dilation + 1;
        return new ConvolutionShape
        {
            InputHeight = height, InputWidth = width, InputChannels = channels, OutputChannels = outputs, KernelHeight = kernel, KernelWidth = kernel,
            OutputHeight = (height + 2 * pad - reach) / stride + 1, OutputWidth = (width + 2 * pad - reach) / stride + 1,
            StrideHeight = stride, StrideWidth = stride, DilationHeight = dilation, DilationWidth = dilation, PadTop = pad, PadLeft = pad,
        };
    }
}
