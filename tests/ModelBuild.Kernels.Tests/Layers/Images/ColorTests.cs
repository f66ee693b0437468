using ModelBuild.Kernels.Tests.Tensors;

namespace ModelBuild.Kernels.Tests.Layers.Images;

/// <summary>Colours by hand and there and back; patches of images.</summary>
public sealed class ColorTests
{
    private static float[] Adjust(float[] pixels, float amount, bool hue)
    {
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>([pixels.Length / 3, 3]);
        FlatBuffer<float> input = run.Input(new NaiveTensor<float>(output.Shape, pixels)), factor = run.Input(new NaiveTensor<float>([], [amount]));
        return run.Run(new AdjustColor(input, factor, output, hue), output);
    }

    [Fact]
    public void KnownColors()
    {
        float[] result = new float[12];
        ColorSpace.RgbToHsv<float>([1, 0, 0, 0, 0.5f, 0, 0.25f, 0.25f, 0.25f, 0.5f, 0, 1], result);
        float[] expected = [0, 1, 1, 1 / 3f, 1, 0.5f, 0, 0, 0.25f, 0.75f, 1, 1];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], result[i], 1e-6f);
    }

    [Fact]
    public void ThereAndBack()
    {
        NaiveTensor<float> rgb = new RandomTensors(1).Floats([50, 3], 0, 1);
        float[] hsv = new float[150], back = new float[150];
        ColorSpace.RgbToHsv(rgb.Data, hsv);
        ColorSpace.HsvToRgb<float>(hsv, back);
        for (int i = 0; i < back.Length; i++) Assert.Equal(rgb.Data[i], back[i], 1e-5f);
    }

    [Fact]
    public void AThirdOfACircleMovesTheChannels()
    {
        float[] turned = Adjust([0.9f, 0.5f, 0.1f, 0.2f, 0.2f, 0.2f], -2 / 3f, hue: true);
        float[] expected = [0.1f, 0.9f, 0.5f, 0.2f, 0.2f, 0.2f];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], turned[i], 1e-5f);
    }

    [Fact]
    public void SaturationGoesFromGrayToFull()
    {
        float[] pixel = [0.8f, 0.4f, 0.6f];
        Assert.All(Adjust(pixel, 0, hue: false), channel => Assert.Equal(0.8f, channel, 1e-6f));
        float[] full = Adjust(pixel, 100, hue: false);
        Assert.Equal(0, full[1], 1e-6f);
        Assert.Equal(0.4f, full[2], 1e-5f);
    }

    [Fact]
    public void PatchesAreTheWindowsOfAnImage()
    {
        var run = new TensorRun();
        NaiveTensor<int> x = new RandomTensors(2).Integers([2, 4, 5, 2], -9, 9);
        FlatBuffer<int> output = run.Output<int>([2, 2, 3, 2 * 3 * 2]);
        int[] actual = run.Run(new ImagePatches<int>(run.Input(x), output, [2, 3], [2, 2], [2, 1], [1, 1]), output);
        var expected = NaiveTensor<int>.Build([2, 2, 3, 2, 3, 2], i =>
        {
            (int row, int column) = (i[1] * 2 - 1 + i[3] * 2, i[2] * 2 - 1 + i[4]);
            return row is < 0 or >= 4 || column is < 0 or >= 5 ? 0 : x[i[0], row, column, i[5]];
        });
        Assert.Equal(expected.Data, actual);
    }
}
