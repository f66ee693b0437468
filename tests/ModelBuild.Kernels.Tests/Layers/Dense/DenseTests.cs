using System.Runtime.InteropServices;
using CsCheck;

namespace ModelBuild.Kernels.Tests;

/// <summary><see cref="DenseInt8"/> and <see cref="DenseHybrid"/>: a dense layer is a 1x1 convolution of one pixel.</summary>
public class DenseTests
{
    [SkippableTheory]
    [MemberData(nameof(Supported.VariantsAndPlacements), MemberType = typeof(Supported))]
    public void Equals_the_definition(string name, Placement placement)
    {
        KernelVariant variant = Supported.Variant(name);
        Supported.Need(placement);
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 70], Gen.Bool, Gen.Int[0, 1 << 30]).Sample((inputs, outputs, extreme, seed) =>
            Check(new ConvolutionCase(1, 1, inputs, outputs, 1, 1, 1, 1, true, true, extreme, seed), variant, placement), iter: 300);
    }

    [Fact]
    public void Several_samples_give_what_each_gives_alone() => Assert.All(Supported.Variants, SeveralSamples);

    private static void SeveralSamples(KernelVariant variant)
    {
        const int Inputs = 75, Outputs = 45, Samples = 11;
        Random random = new(1);
        sbyte[] weights = new sbyte[Inputs * Outputs];
        for (int i = 0; i < weights.Length; i++) weights[i] = (sbyte)random.Next(-127, 128);
        float[] multipliers = [.. Enumerable.Range(0, Outputs).Select(_ => random.NextSingle() * 0.01f)];
        ImageBuffer input = new(0, Inputs, 1, 1, 1, 0, 1, -1), output = new(128, Outputs, 1, 1, 1, 0, 1, -1);
        FlatBuffer<float> floats = new(192, Outputs), range = new(448, 2);
        DenseInt8 int8 = new(variant, input, output, weights, new int[Outputs], multipliers, 77, new Requantization(99));
        DenseHybrid hybrid = new(variant, input, floats, range, weights, multipliers, new float[Outputs], float.MinValue, float.MaxValue);
        Workspace[] samples = [.. Enumerable.Range(0, Samples).Select(_ => new Workspace(512))];
        foreach (Workspace sample in samples)
        {
            random.NextBytes(sample.Bytes(input));
            new float[] { 0.1f, 77 }.CopyTo(sample.Elements(range));
        }

        int8.Run(samples);
        hybrid.Run(samples);
        byte[][] bytes = [.. samples.Select(sample => sample.Bytes(output).ToArray())];
        float[][] values = [.. samples.Select(sample => sample.Elements(floats).ToArray())];
        foreach (Workspace sample in samples)
        {
            int8.Run(sample);
            hybrid.Run(sample);
        }
        Assert.Equal(samples.Select(sample => sample.Bytes(output).ToArray()), bytes);
        Assert.Equal(samples.Select(sample => sample.Elements(floats).ToArray()), values);
    }

    internal static void Check(ConvolutionCase shape, KernelVariant variant, Placement placement)
    {
        ConvolutionData data = new(shape);
        ImageBuffer input = new(0, shape.Channels, 1, 1, 1, 0, 1, -1);
        ImageBuffer output = new(128, shape.Outputs, 1, 1, 1, 0, 1, -1);
        FlatBuffer<float> floats = new(256, shape.Outputs);
        FlatBuffer<float> range = new(576, 2);
        Workspace workspace = new(640);
        Images.Write(input, workspace.Bytes(input), data.Pixels, new Random(1));
        float[] scale = [0.0123f, data.InputZeroPoint];
        scale.CopyTo(workspace.Elements(range));

        DenseInt8 int8 = new(
            variant, input, output, data.Weights, data.Bias, data.Multipliers, data.InputZeroPoint,
            new Requantization(data.OutputZeroPoint, data.Minimum, data.Maximum));
        DenseHybrid hybrid = new(
            variant, input, floats, range, data.Weights, data.Multipliers, data.RealBias, data.RealMinimum, data.RealMaximum);
        Span<byte> bytes = workspace.Bytes(output);
        Span<float> values = workspace.Elements(floats);
        if (placement == Placement.Workspace)
        {
            int8.Run(workspace);
            hybrid.Run(workspace);
        }
        else
        {
            bytes = KernelRun.Guarded(KernelRun.InParts(int8.Run, int8.Units), workspace.Bytes(input), output.Bytes, placement);
            KernelRun.Part part = (from, to, first, end) => hybrid.Run(from, scale, MemoryMarshal.Cast<byte, float>(to), first, end);
            values = MemoryMarshal.Cast<byte, float>(
                KernelRun.Guarded(KernelRun.InParts(part, hybrid.Units), workspace.Bytes(input), floats.Length * 4, placement).AsSpan());
        }
        Assert.Equal(data.Reference(), Images.Read(output, bytes));
        Assert.Equal(data.FloatReference(scale[0]), values.ToArray());
    }
}
