using ModelBuild.Kernels.Tests.Tensors;

namespace ModelBuild.Kernels.Tests.Layers.Images;

/// <summary>Resized images: coordinate conventions by hand, and what holds for all methods.</summary>
public sealed class ResizeTests
{
    private static float[] Row(float[] x, int output, string method, bool alignCorners, bool halfPixelCenters)
    {
        var run = new TensorRun();
        FlatBuffer<float> result = run.Output<float>([1, 1, output, 1]);
        var image = new NaiveTensor<float>([1, 1, x.Length, 1], x);
        return run.Run(new Resize<float>(run.Input(image), result, method, alignCorners, halfPixelCenters), result);
    }

    [Theory]
    [InlineData(false, false, new float[] { 0, 4, 8, 8 })]
    [InlineData(true, false, new float[] { 0, 8 / 3f, 16 / 3f, 8 })]
    [InlineData(false, true, new float[] { 0, 2, 6, 8 })]
    public void BilinearConventions(bool alignCorners, bool halfPixelCenters, float[] expected)
    {
        float[] actual = Row([0, 8], 4, "Bilinear", alignCorners, halfPixelCenters);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    [Theory]
    [InlineData(false, false, new[] { 0, 0, 1, 1, 2 })]
    [InlineData(true, false, new[] { 0, 1, 1, 2, 2 })]
    [InlineData(false, true, new[] { 0, 0, 1, 2, 2 })]
    public void NearestConventions(bool alignCorners, bool halfPixelCenters, int[] expected) =>
        Assert.Equal(expected, ResizeNearest.Sources(3, 5, alignCorners, halfPixelCenters));

    [Theory]
    [InlineData("Bilinear")]
    [InlineData("Bicubic")]
    [InlineData("Area")]
    public void FlatImagesStayFlat(string method)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new RandomTensors(seed);
            (bool align, bool half) = random.Next(0, 2) switch { 0 => (false, false), 1 => (true, false), _ => (false, true) };
            if (method == "Area" && align) continue;
            float[] flat = Enumerable.Repeat(3f, random.Next(1, 12)).ToArray();
            Assert.All(Row(flat, random.Next(1, 12), method, align, half), x => Assert.Equal(3, x, 1e-4f));
        }
    }

    [Theory]
    [InlineData("Bilinear")]
    [InlineData("Bicubic")]
    [InlineData("Area")]
    public void TheSameSizeIsACopyEvenOfInfinities(string method) =>
        Assert.Equal([1, float.PositiveInfinity, 3, -7], Row([1, float.PositiveInfinity, 3, -7], 4, method, false, true));

    [Fact]
    public void AnAreaIsAMean() => Assert.Equal([2, 5, 8], Row([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, "Area", false, false));

    [Theory]
    [InlineData("Triangle")]
    [InlineData("KeysCubic")]
    [InlineData("Lanczos3")]
    public void SamplingKernelsOfTheSameSizeCopy(string kernel)
    {
        var run = new TensorRun();
        NaiveTensor<float> x = new RandomTensors(1).Floats([2, 5, 4, 3]);
        FlatBuffer<float> result = run.Output<float>(x.Shape);
        float[] actual = run.Run(new ScaleAndTranslate<float>(run.Input(x), result, kernel, [1, 1], [0, 0], antialias: true), result);
        for (int i = 0; i < actual.Length; i++) Assert.Equal(x.Data[i], actual[i], 1e-5f);
    }

    [Fact]
    public void TheTriangleKernelInterpolatesLikeHalfPixelCenters()
    {
        AxisWeights triangle = ScaleAndTranslate.Weights(SamplingKernel.Triangle, 4, 8, 2, 0, antialias: true);
        AxisWeights bilinear = ResizeWeights.Of(ResizeMethod.Bilinear, 4, 8, false, true);
        for (int output = 1; output < 7; output++)
        {
            (int first, int end) = bilinear.Terms(output);
            Assert.Equal(first - bilinear.Terms(output - 1).End + triangle.Terms(output).First + 2, triangle.Terms(output).End);
            for (int term = 0; term < end - first; term++)
            {
                Assert.Equal(bilinear.Source(first + term), triangle.Source(triangle.Terms(output).First + term));
                Assert.Equal(bilinear.Weight(first + term), triangle.Weight(triangle.Terms(output).First + term), 1e-6f);
            }
        }
    }

    [Fact]
    public void ACropOfEverythingIsAResizeWithAlignedCorners()
    {
        var random = new RandomTensors(3);
        NaiveTensor<float> x = random.Floats([1, 4, 5, 2]);
        var run = new TensorRun();
        FlatBuffer<float> image = run.Input(x), crop = run.Output<float>([1, 6, 3, 2]), resized = run.Output<float>([1, 6, 3, 2]);
        FlatBuffer<float> box = run.Input(new NaiveTensor<float>([1, 4], [0, 0, 1, 1]));
        FlatBuffer<int> number = run.Input(new NaiveTensor<int>([1], [0]));
        float[] cropped = run.Run(new CropAndResize<float>(image, box, number, crop, nearest: false, outside: 0), crop);
        float[] expected = run.Run(new Resize<float>(image, resized, "Bilinear", true, false), resized);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], cropped[i], 1e-5f);
    }

    [Fact]
    public void WhatLiesOutsideACropIsTheGivenValue()
    {
        float[] result = new float[3];
        CropAndResize.Run<byte>([10, 20], [1, 1, 2, 1], [0, 1, 0, -1], [0], nearest: true, outside: -5, result, 1, 3);
        Assert.Equal([20, 10, -5], result);
        Assert.Throws<ArgumentException>(() => CropAndResize.Run<byte>([10], [1, 1, 1, 1], [0, 0, 1, 1], [1], true, 0, new float[1], 1, 1));
    }
}
