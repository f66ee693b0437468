using System.Runtime.InteropServices;

namespace ModelBuild.Kernels.Tests;

/// <summary>Layers over 16-bit integers: every variant gives the bits of the definition.</summary>
public class Int16Tests
{
    private static readonly ConvolutionShape[] Shapes =
    [
        //    h   w   c   o  g  k  s  d
        Shape(7, 7, 16, 40, 1, 1, 1, 1),
        Shape(9, 11, 3, 8, 1, 3, 2, 1),
        Shape(8, 6, 5, 33, 1, 3, 1, 2),
        Shape(5, 6, 12, 9, 3, 3, 1, 1),
        Shape(6, 5, 4, 8, 4, 5, 1, 1),
        Shape(1, 5, 1301, 20, 1, 1, 1, 1), // sums of the greatest weights need 64 bits, within a tap
        Shape(3, 3, 131, 17, 1, 3, 1, 1), // and between taps
    ];

    public static TheoryData<string> Variants => [.. Enum.GetNames<KernelVariant>()];

    [SkippableTheory]
    [MemberData(nameof(Variants))]
    public void Equal_the_definition(string variant) => Check(Supported.Variant(variant));

    /// <summary>All layers in a variant that this process supports.</summary>
    internal static void Check(KernelVariant variant)
    {
        foreach (ConvolutionShape shape in Shapes)
        {
            CheckConvolution(variant, shape, extreme: false);
            CheckConvolution(variant, shape, extreme: true);
        }
        foreach (int channels in (int[])[1, 7, 16, 61])
        {
            CheckDepthwise(variant, Shape(9, 8, channels, channels, channels, 3, 2, 1));
            CheckDepthwise(variant, Shape(6, 7, channels, channels, channels, 5, 1, 2));
            CheckElementwise(variant, 5 * channels);
        }
    }

    [SkippableTheory]
    [InlineData(Placement.AfterGuard)]
    [InlineData(Placement.BeforeGuard)]
    public void Stay_in_their_buffers(Placement placement)
    {
        Supported.Need(placement);
        foreach (KernelVariant variant in Supported.Variants)
        {
            foreach (ConvolutionShape shape in Shapes)
            {
                float[] zeros = new float[shape.OutputChannels];
                PackedInt16 packed = new(shape, new sbyte[shape.Weights], zeros, zeros, ConvolutionInt16.LanesFor(variant, shape.GroupOutputs));
                KernelRun.Guarded(
                    (input, output) => ConvolutionInt16.Run(
                        MemoryMarshal.Cast<byte, short>(input), MemoryMarshal.Cast<byte, short>(output), packed, -1, 1),
                    new byte[shape.InputLength * sizeof(short)], shape.OutputLength * sizeof(short), placement);
            }
        }
    }

    private static void CheckConvolution(KernelVariant variant, ConvolutionShape shape, bool extreme)
    {
        Case data = new(shape, extreme);
        (Arena arena, FlatBuffer<short> input, FlatBuffer<short> output) = data.Place();
        bool isDense = shape is { Taps: 1, Groups: 1 };
        Layer layer = isDense
            ? new DenseInt16(variant, input, output, data.Weights, data.Bias, data.Multipliers, -30_000, 32_767)
            : new ConvolutionInt16(variant, input, output, data.Weights, data.Bias, data.Multipliers, shape, -30_000, 32_767);
        layer.Run(arena.Workspace);
        Assert.Equal(data.Expected(-30_000, 32_767), arena.Workspace.Elements(output).ToArray());
    }

    private static void CheckDepthwise(KernelVariant variant, ConvolutionShape shape)
    {
        Case data = new(shape, extreme: true);
        (Arena arena, FlatBuffer<short> input, FlatBuffer<short> output) = data.Place();
        new DepthwiseInt16(variant, input, output, data.Weights, data.Bias, data.Multipliers, shape, 0, 32_767).Run(arena.Workspace);
        Assert.Equal(data.Expected(0, 32_767), arena.Workspace.Elements(output).ToArray());
    }

    private static void CheckElementwise(KernelVariant variant, int length)
    {
        Arena arena = new(length);
        FlatBuffer<float> floats = arena.Flat(length), back = arena.Flat(length);
        FlatBuffer<short> left = arena.Shorts(length), right = arena.Shorts(length), sum = arena.Shorts(length);
        float[] x = arena.Fill(floats, 3);
        x[0] = float.NaN;
        x.CopyTo(arena.Workspace.Elements(floats));
        const float Scale = 2f / short.MaxValue;
        new QuantizeInt16(variant, floats, left, Scale).Run(arena.Workspace);
        short[] a = arena.Workspace.Elements(left).ToArray();
        Assert.Equal([.. x.Select(real => real > -3 ? Round(real * (1 / Scale), -short.MaxValue, short.MaxValue) : (short)-short.MaxValue)], a);

        new DequantizeInt16(variant, left, back, Scale).Run(arena.Workspace);
        Assert.Equal([.. a.Select(q => q * Scale)], arena.Workspace.Elements(back).ToArray());

        short[] b = [.. a.Reverse()];
        b.CopyTo(arena.Workspace.Elements(right));
        new AddInt16(variant, left, right, sum, 0.7f, -0.3f, -20_000, 20_000).Run(arena.Workspace);
        Assert.Equal([.. a.Zip(b, (l, r) => Round(l * 0.7f + r * -0.3f, -20_000, 20_000))], arena.Workspace.Elements(sum).ToArray());
    }

    private static short Round(float value, int minimum, int maximum) => (short)MathF.Round(Math.Clamp(value, minimum, maximum), MidpointRounding.ToEven);

    private static ConvolutionShape Shape(int height, int width, int channels, int outputs, int groups, int kernel, int stride, int dilation) => new()
    {
        InputHeight = height, InputWidth = width, InputChannels = channels,
        OutputHeight = (height - 1) / stride + 1, OutputWidth = (width - 1) / stride + 1, OutputChannels = outputs,
        KernelHeight = kernel, KernelWidth = kernel, StrideHeight = stride, StrideWidth = stride,
        DilationHeight = dilation, DilationWidth = dilation, PadTop = kernel / 2 * dilation, PadLeft = kernel / 2 * dilation, Groups = groups,
    };

    /// <summary>Operands of a convolution, and what the definition makes of them.</summary>
    private sealed class Case
    {
        private readonly ConvolutionShape _shape;
        private readonly short[] _input;

        public Case(ConvolutionShape shape, bool extreme)
        {
            Random random = new(shape.Weights);
            _shape = shape;
            _input = [.. Enumerable.Range(0, shape.InputLength).Select(_ => (short)(extreme ? 32_767 : random.Next(-32_767, 32_768)))];
            Weights = [.. Enumerable.Range(0, shape.Weights).Select(_ => (sbyte)(extreme ? 127 : random.Next(-127, 128)))];
            Multipliers = [.. Enumerable.Range(0, shape.OutputChannels).Select(_ => random.NextSingle() / (extreme ? 4_000_000f : 300_000f) / shape.Taps)];
            Bias = [.. Enumerable.Range(0, shape.OutputChannels).Select(_ => random.NextSingle() * 2000 - 1000)];
        }

        public sbyte[] Weights { get; }

        public float[] Multipliers { get; }

        public float[] Bias { get; }

        public (Arena Arena, FlatBuffer<short> Input, FlatBuffer<short> Output) Place()
        {
            Arena arena = new(1);
            FlatBuffer<short> input = arena.Shorts(1, _shape.InputHeight, _shape.InputWidth, _shape.InputChannels);
            FlatBuffer<short> output = arena.Shorts(1, _shape.OutputHeight, _shape.OutputWidth, _shape.OutputChannels);
            _input.CopyTo(arena.Workspace.Elements(input));
            return (arena, input, output);
        }

        public short[] Expected(int minimum, int maximum)
        {
            short[] result = new short[_shape.OutputLength];
            for (int i = 0; i < result.Length; i++)
            {
                int output = i % _shape.OutputChannels, pixel = i / _shape.OutputChannels;
                result[i] = Round(Sum(pixel / _shape.OutputWidth, pixel % _shape.OutputWidth, output) * Multipliers[output] + Bias[output], minimum, maximum);
            }
            return result;
        }

        private long Sum(int y, int x, int output)
        {
            long sum = 0;
            for (int ky = 0; ky < _shape.KernelHeight; ky++)
            {
                for (int kx = 0; kx < _shape.KernelWidth; kx++)
                {
                    int row = y * _shape.StrideHeight - _shape.PadTop + ky * _shape.DilationHeight;
                    int column = x * _shape.StrideWidth - _shape.PadLeft + kx * _shape.DilationWidth;
                    if (row < 0 || row >= _shape.InputHeight || column < 0 || column >= _shape.InputWidth) continue;
                    int from = (row * _shape.InputWidth + column) * _shape.InputChannels + output / _shape.GroupOutputs * _shape.GroupInputs;
                    int weight = ((output * _shape.KernelHeight + ky) * _shape.KernelWidth + kx) * _shape.GroupInputs;
                    for (int c = 0; c < _shape.GroupInputs; c++) sum += (long)_input[from + c] * Weights[weight + c];
                }
            }
            return sum;
        }
    }
}
