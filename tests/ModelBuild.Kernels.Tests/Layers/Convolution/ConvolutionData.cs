namespace ModelBuild.Kernels.Tests;

/// <summary>The contents of a <see cref="ConvolutionCase"/>, and what the definition of convolution makes of them.</summary>
internal sealed class ConvolutionData
{
    private readonly ConvolutionCase _case;

    public ConvolutionData(ConvolutionCase shape)
    {
        _case = shape;
        Random random = new(shape.Seed);
        int taps = shape.Kernel * shape.Kernel;
        Pixels = new byte[shape.Height * shape.Width * shape.Channels];
        Weights = new sbyte[shape.Outputs * taps * shape.ChannelsPerGroup];
        Bias = new int[shape.Outputs];
        Multipliers = new float[shape.Outputs];
        RealBias = new float[shape.Outputs];
        // Small weights make long runs, large ones split entries; some are left out altogether.
        int magnitude = shape.Extreme ? 127 : random.Next(1, 128);
        for (int i = 0; i < Pixels.Length; i++) Pixels[i] = shape.Extreme ? (byte)(random.Next(4) == 0 ? 0 : 255) : (byte)random.Next(256);
        int bias = random.Next(3);
        for (int i = 0; i < Weights.Length; i++)
        {
            int sign = bias == 2 ? random.Next(2) * 2 - 1 : bias == 1 ? 1 : -1;
            Weights[i] = (sbyte)(shape.Extreme ? sign * 127 : random.Next(3) == 0 ? 0 : random.Next(-magnitude, magnitude + 1));
        }
        InputZeroPoint = random.Next(256);
        OutputZeroPoint = random.Next(256);
        Minimum = random.Next(0, OutputZeroPoint + 1);
        Maximum = random.Next(OutputZeroPoint, 256);
        if (random.Next(3) == 0) (OutputZeroPoint, Minimum, Maximum) = (0, 0, 255);
        RealMinimum = random.Next(2) == 0 ? float.NegativeInfinity : -random.NextSingle();
        RealMaximum = random.Next(2) == 0 ? float.PositiveInfinity : random.NextSingle();
        // Multipliers as the compiler rounds them, and others; sums that a float holds only in part.
        int multiplierBits = random.Next(2) == 0 ? ~0xFFFF : ~0;
        int far = random.Next(8) == 0 ? 1 << 24 : 0;
        float reach = MathF.Sqrt(taps * shape.ChannelsPerGroup) * magnitude * 100;
        for (int o = 0; o < shape.Outputs; o++)
        {
            Bias[o] = random.Next(-(int)reach, (int)reach + 1) + far;
            RealBias[o] = random.NextSingle() - 0.5f;
            Multipliers[o] = BitConverter.Int32BitsToSingle(
                BitConverter.SingleToInt32Bits((0.2f + random.NextSingle()) * 200 / (reach + far)) & multiplierBits);
        }
    }

    public byte[] Pixels { get; }
    public sbyte[] Weights { get; }
    public int[] Bias { get; }
    public float[] Multipliers { get; }
    public float[] RealBias { get; }
    public float RealMinimum { get; }
    public float RealMaximum { get; }
    public int InputZeroPoint { get; }
    public int OutputZeroPoint { get; }
    public int Minimum { get; }
    public int Maximum { get; }

    /// <summary>The output by the definition, NHWC.</summary>
    public byte[] Reference() => Accumulate((sum, output) =>
    {
        float value = (sum + Bias[output]) * Multipliers[output];
        float clamped = MathF.Max(MathF.Min(value, Maximum - OutputZeroPoint), Minimum - OutputZeroPoint);
        return (byte)(OutputZeroPoint + (int)MathF.Round(clamped, MidpointRounding.ToEven));
    });

    /// <summary>The float output by the definition, NHWC, with <see cref="Multipliers"/> as the scales of the weights.</summary>
    public float[] FloatReference(float rangeScale) => Accumulate((sum, output) =>
        MathF.Max(MathF.Min(sum * (rangeScale * Multipliers[output]) + RealBias[output], RealMaximum), RealMinimum));

    /// <summary>The sums of (activation - zero point) * weight of each output pixel, finished by <paramref name="finish"/>, NHWC.</summary>
    private T[] Accumulate<T>(Func<int, int, T> finish)
    {
        ConvolutionCase s = _case;
        T[] result = new T[s.OutputHeight * s.OutputWidth * s.Outputs];
        for (int y = 0; y < s.OutputHeight; y++)
        for (int x = 0; x < s.OutputWidth; x++)
        for (int o = 0; o < s.Outputs; o++)
        {
            int sum = 0;
            for (int ky = 0; ky < s.Kernel; ky++)
            for (int kx = 0; kx < s.Kernel; kx++)
            {
                int row = y * s.Stride + ky * s.Dilation - s.PadTop;
                int column = x * s.Stride + kx * s.Dilation - s.PadLeft;
                if (row < 0 || row >= s.Height || column < 0 || column >= s.Width) continue;
                for (int c = 0; c < s.ChannelsPerGroup; c++)
                {
                    int channel = o / s.OutputsPerGroup * s.ChannelsPerGroup + c;
                    int weight = Weights[((o * s.Kernel + ky) * s.Kernel + kx) * s.ChannelsPerGroup + c];
                    sum += (Pixels[(row * s.Width + column) * s.Channels + channel] - InputZeroPoint) * weight;
                }
            }
            result[(y * s.OutputWidth + x) * s.Outputs + o] = finish(sum, o);
        }
        return result;
    }
}
