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
            int blocks = DenseWeights.BlocksOf(output.Channels);
            bytes = KernelRun.Guarded(KernelRun.InParts(int8.Run, blocks), workspace.Bytes(input), output.Bytes, placement);
            KernelRun.Part part = (from, to, first, end) => hybrid.Run(from, scale, MemoryMarshal.Cast<byte, float>(to), first, end);
            values = MemoryMarshal.Cast<byte, float>(
                KernelRun.Guarded(KernelRun.InParts(part, blocks), workspace.Bytes(input), floats.Length * 4, placement).AsSpan());
        }
        Assert.Equal(data.Reference(), Images.Read(output, bytes));
        Assert.Equal(data.FloatReference(scale[0]), values.ToArray());
    }
}
