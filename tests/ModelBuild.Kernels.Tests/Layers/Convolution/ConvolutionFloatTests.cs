using System.Runtime.InteropServices;

namespace ModelBuild.Kernels.Tests;

public class ConvolutionFloatTests
{
    [Theory]
    //           h   w   c  o  g  k  s  d  top left
    [InlineData(7, 7, 16, 32, 1, 1, 1, 1, 0, 0)]
    [InlineData(9, 11, 3, 8, 1, 3, 2, 1, 1, 0)]
    [InlineData(8, 8, 5, 33, 1, 3, 1, 1, 1, 1)]
    [InlineData(8, 8, 6, 50, 1, 3, 1, 2, 2, 2)]
    [InlineData(5, 6, 12, 9, 3, 3, 1, 1, 1, 1)]
    [InlineData(5, 6, 4, 4, 4, 5, 1, 1, 2, 2)]
    [InlineData(1, 1, 40, 70, 1, 1, 1, 1, 0, 0)]
    [InlineData(20, 3, 2, 1, 1, 7, 3, 1, 3, 3)]
    [InlineData(13, 13, 2, 17, 1, 13, 1, 1, 6, 6)]
    [InlineData(1, 13, 130, 20, 1, 1, 1, 1, 0, 0)]
    public void Equals_the_definition(int height, int width, int channels, int outputs, int groups, int kernel, int stride, int dilation, int top, int left)
    {
        ConvolutionShape shape = Shape(height, width, channels, outputs, groups, kernel, stride, dilation, top, left);
        Arena arena = new(outputs);
        FlatBuffer<float> input = arena.Flat(1, height, width, channels);
        FlatBuffer<float> output = arena.Flat(1, shape.OutputHeight, shape.OutputWidth, outputs);
        float[] x = arena.Fill(input), weights = arena.Floats(shape.Weights), bias = arena.Floats(outputs);
        new ConvolutionFloat(
            input, output, weights, bias, kernel, kernel, stride, stride, dilation, dilation, top, left, groups, -2, 3).Run(arena.Workspace);
        AssertClose(Convolve(shape, x, weights, bias, -2, 3), arena.Read(output));
    }

    [Theory]
    [InlineData(9, 11, 16, 1, 3, 1, 1)]
    [InlineData(9, 11, 37, 1, 3, 2, 1)]
    [InlineData(6, 30, 7, 1, 5, 1, 2)]
    [InlineData(1, 1, 60, 1, 3, 1, 1)]
    [InlineData(9, 9, 5, 2, 3, 1, 1)]
    [InlineData(9, 9, 3, 5, 3, 2, 1)]
    public void Depthwise_equals_the_definition(int height, int width, int channels, int multiplier, int kernel, int stride, int dilation)
    {
        int pad = kernel / 2 * dilation;
        ConvolutionShape shape = Shape(height, width, channels, channels * multiplier, channels, kernel, stride, dilation, pad, pad);
        Arena arena = new(channels);
        FlatBuffer<float> input = arena.Flat(1, height, width, channels);
        FlatBuffer<float> output = arena.Flat(1, shape.OutputHeight, shape.OutputWidth, shape.OutputChannels);
        float[] x = arena.Fill(input), weights = arena.Floats(shape.Weights), bias = arena.Floats(shape.OutputChannels);
        new DepthwiseFloat(
            input, output, weights, bias, kernel, kernel, stride, stride, dilation, dilation, pad, pad, -2, 3).Run(arena.Workspace);
        AssertClose(Convolve(shape, x, weights, bias, -2, 3), arena.Read(output));
    }

    [Theory]
    [InlineData(1, 1000, 10)]
    [InlineData(7, 5, 3)]
    [InlineData(9, 64, 100)]
    public void Dense_equals_the_definition(int rows, int inputs, int outputs)
    {
        Arena arena = new(rows);
        FlatBuffer<float> input = arena.Flat(rows, inputs), output = arena.Flat(rows, outputs);
        float[] x = arena.Fill(input), weights = arena.Floats(inputs * outputs), bias = arena.Floats(outputs);
        new DenseFloat(input, output, weights, bias, float.NegativeInfinity, float.PositiveInfinity).Run(arena.Workspace);
        ConvolutionShape shape = Shape(1, rows, inputs, outputs, 1, 1, 1, 1, 0, 0);
        AssertClose(Convolve(shape, x, weights, bias, double.NegativeInfinity, double.PositiveInfinity), arena.Read(output));
    }

    [SkippableTheory]
    [InlineData(Placement.AfterGuard)]
    [InlineData(Placement.BeforeGuard)]
    public void Stays_in_its_buffers(Placement placement)
    {
        Supported.Need(placement);
        Random random = new(4);
        for (int i = 0; i < 60; i++)
        {
            int kernel = random.Next(1, 4), groups = random.Next(1, 3);
            ConvolutionShape shape = Shape(
                random.Next(3, 9), random.Next(3, 9), groups * random.Next(1, 9), groups * random.Next(1, 40), groups, kernel,
                random.Next(1, 3), 1, kernel / 2, kernel / 2);
            PackedConvolution packed = new(shape, new float[shape.Weights], []);
            KernelRun.Guarded(
                (input, output) => ConvolutionFloat.Run(Floats(input), MemoryMarshal.Cast<byte, float>(output), packed, 0, 1),
                new byte[shape.InputLength * 4], shape.OutputLength * 4, placement);
            ConvolutionShape depthwise = Shape(7, 8, random.Next(1, 40), 1, 1, kernel, 1, 1, kernel / 2, kernel / 2);
            depthwise = depthwise with { OutputChannels = depthwise.InputChannels, Groups = depthwise.InputChannels };
            float[] zeros = new float[depthwise.Weights];
            KernelRun.Guarded(
                (input, output) => DepthwiseFloat.Run(
                    new DepthwiseFloatOperands(depthwise, Floats(input), zeros, zeros, 0, 1),
                    MemoryMarshal.Cast<byte, float>(output)),
                new byte[depthwise.InputLength * 4], depthwise.OutputLength * 4, placement);
        }
    }

    [Fact]
    public void NaN_stays_through_the_limits()
    {
        PackedConvolution packed = DenseFloat.Pack(1, 1, 20, new float[20], []);
        float[] output = new float[20];
        ConvolutionFloat.Run([float.NaN], output, packed, 0, 6);
        Assert.All(output, value => Assert.True(float.IsNaN(value)));
    }

    private static ReadOnlySpan<float> Floats(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, float>(bytes);

    private static ConvolutionShape Shape(
        int height, int width, int channels, int outputs, int groups, int kernel, int stride, int dilation, int top, int left) => new()
    {
        InputHeight = height, InputWidth = width, InputChannels = channels,
        OutputHeight = (height - 1) / stride + 1, OutputWidth = (width - 1) / stride + 1, OutputChannels = outputs,
        KernelHeight = kernel, KernelWidth = kernel, StrideHeight = stride, StrideWidth = stride,
        DilationHeight = dilation, DilationWidth = dilation, PadTop = top, PadLeft = left, Groups = groups,
    };

    /// <summary>The definition, in double.</summary>
    private static double[] Convolve(ConvolutionShape shape, float[] x, float[] weights, float[] bias, double minimum, double maximum)
    {
        double[] result = new double[shape.OutputLength];
        for (int i = 0; i < result.Length; i++)
        {
            int output = i % shape.OutputChannels, pixel = i / shape.OutputChannels;
            int y0 = pixel / shape.OutputWidth * shape.StrideHeight - shape.PadTop, x0 = pixel % shape.OutputWidth * shape.StrideWidth - shape.PadLeft;
            double sum = bias[output];
            for (int tap = 0; tap < shape.Taps; tap++)
            {
                int row = y0 + tap / shape.KernelWidth * shape.DilationHeight, column = x0 + tap % shape.KernelWidth * shape.DilationWidth;
                if (row < 0 || row >= shape.InputHeight || column < 0 || column >= shape.InputWidth) continue;
                int first = (row * shape.InputWidth + column) * shape.InputChannels + output / shape.GroupOutputs * shape.GroupInputs;
                for (int c = 0; c < shape.GroupInputs; c++)
                {
                    sum += (double)x[first + c] * weights[(tap * shape.GroupInputs + c) * shape.OutputChannels + output];
                }
            }
            result[i] = Math.Clamp(sum, minimum, maximum);
        }
        return result;
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-4);
    }
}
