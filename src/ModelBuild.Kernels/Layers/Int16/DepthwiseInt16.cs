using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Depthwise convolution, one output a channel, of 16-bit integers with 8-bit weights; otherwise as <see cref="ConvolutionInt16"/>.</summary>
internal sealed class DepthwiseInt16 : Layer
{
    /// <summary>Taps for which any weights keep the sums in 32 bits: 127 * 32,768 a tap.</summary>
    public const int MostTaps = 512;

    private readonly FlatBuffer<short> _input;
    private readonly FlatBuffer<short> _output;
    private readonly KernelVariant _variant;
    private readonly ConvolutionShape _shape;
    private readonly int[] _weights;
    private readonly float[] _bias;
    private readonly float[] _multipliers;
    private readonly int _minimum;
    private readonly int _maximum;

    /// <param name="input">[1, height, width, channels].</param>
    /// <param name="output">[1, height, width, channels].</param>
    /// <param name="weights">[channels][kernel height][kernel width].</param>
    /// <param name="bias">[channels], in steps of the output.</param>
    /// <param name="multipliers">[channels], input scale * weight scale / output scale.</param>
    /// <param name="kernelHeight">Rows of the kernel.</param>
    /// <param name="kernelWidth">Columns of the kernel.</param>
    /// <param name="strideHeight">Rows from one output to the next.</param>
    /// <param name="strideWidth">Columns from one output to the next.</param>
    /// <param name="dilationHeight">Rows from one tap to the next.</param>
    /// <param name="dilationWidth">Columns from one tap to the next.</param>
    /// <param name="padTop">Rows of zeros above the image.</param>
    /// <param name="padLeft">Columns of zeros left of the image.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public DepthwiseInt16(
        FlatBuffer<short> input, FlatBuffer<short> output, sbyte[] weights, float[] bias, float[] multipliers, int kernelHeight, int kernelWidth,
        int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, int padTop, int padLeft, int minimum, int maximum)
        : this(
            KernelVariants.Elementwise, input, output, weights, bias, multipliers,
            new ConvolutionShape
            {
                InputHeight = input.Shape[1], InputWidth = input.Shape[2], InputChannels = input.Shape[3],
                OutputHeight = output.Shape[1], OutputWidth = output.Shape[2], OutputChannels = output.Shape[3],
                KernelHeight = kernelHeight, KernelWidth = kernelWidth, StrideHeight = strideHeight, StrideWidth = strideWidth,
                DilationHeight = dilationHeight, DilationWidth = dilationWidth, PadTop = padTop, PadLeft = padLeft, Groups = input.Shape[^1],
            },
            minimum, maximum)
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support.</summary>
    internal DepthwiseInt16(
        KernelVariant variant, FlatBuffer<short> input, FlatBuffer<short> output, sbyte[] weights, float[] bias, float[] multipliers,
        ConvolutionShape shape, int minimum, int maximum)
    {
        BufferChecks.Require(input.Length == shape.InputLength && output.Length == shape.OutputLength, "arrays differ from the convolution");
        shape.Check();
        _shape = shape;
        BufferChecks.Require(_shape.GroupOutputs == 1 && _shape.Taps <= MostTaps, "kernels of this size, or with several outputs a channel");
        BufferChecks.Require(weights.Length == _shape.Weights, "number of weights");
        BufferChecks.Require(bias.Length == _shape.OutputChannels && multipliers.Length == bias.Length, "number of biases or multipliers");
        _input = input;
        _output = output;
        _variant = variant;
        _bias = bias;
        _multipliers = multipliers;
        _minimum = minimum;
        _maximum = maximum;
        // [taps][channels], each the lower half of a pair whose upper half is zero.
        _weights = new int[weights.Length];
        for (int i = 0; i < weights.Length; i++) _weights[i % _shape.Taps * bias.Length + i / _shape.Taps] = (ushort)weights[i];
    }

    public override void Run(Workspace workspace)
    {
        Span<short> input = workspace.Elements(_input);
        Span<short> output = workspace.Elements(_output);
        int channel = 0;
        if (_variant == KernelVariant.Avx512) channel = Run<Vector512<int>, ShortLanes512>(input, output, channel);
        if (_variant is KernelVariant.Avx512 or KernelVariant.Avx2 or KernelVariant.AvxVnni) channel = Run<Vector256<int>, ShortLanes256>(input, output, channel);
        if (_variant != KernelVariant.Scalar) channel = Run<Vector128<int>, ShortLanes128>(input, output, channel);
        Run<int, ShortLanes1>(input, output, channel);
    }

    /// <summary>Computes channels from <paramref name="channel"/> on while a whole vector of them is left.</summary>
    /// <returns>The first channel not computed.</returns>
    private int Run<TVector, TLanes>(ReadOnlySpan<short> input, Span<short> output, int channel)
        where TVector : struct where TLanes : IShortLanes<TVector>
    {
        int end = channel + (_shape.InputChannels - channel) / TLanes.Count * TLanes.Count;
        if (end == channel) return channel;
        for (int y = 0; y < _shape.OutputHeight; y++)
        {
            for (int x = 0; x < _shape.OutputWidth; x++)
            {
                RunPixel<TVector, TLanes>(input, output.Slice((y * _shape.OutputWidth + x) * _shape.OutputChannels, _shape.OutputChannels), y, x, channel, end);
            }
        }
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunPixel<TVector, TLanes>(ReadOnlySpan<short> input, Span<short> output, int y, int x, int channel, int end)
        where TVector : struct where TLanes : IShortLanes<TVector>
    {
        int channels = _shape.InputChannels;
        ref short source = ref MemoryMarshal.GetReference(input);
        ref short result = ref MemoryMarshal.GetReference(output);
        ref int weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref int multipliers = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<float, int>(_multipliers.AsSpan()));
        ref int bias = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<float, int>(_bias.AsSpan()));
        for (int c = channel; c < end; c += TLanes.Count)
        {
            TVector sum = TLanes.Create(0);
            for (int ky = 0; ky < _shape.KernelHeight; ky++)
            {
                int row = y * _shape.StrideHeight - _shape.PadTop + ky * _shape.DilationHeight;
                if ((uint)row >= (uint)_shape.InputHeight) continue;
                for (int kx = 0; kx < _shape.KernelWidth; kx++)
                {
                    int column = x * _shape.StrideWidth - _shape.PadLeft + kx * _shape.DilationWidth;
                    if ((uint)column >= (uint)_shape.InputWidth) continue;
                    TVector value = TLanes.LoadShorts(ref source, (nuint)((row * _shape.InputWidth + column) * channels + c));
                    sum = TLanes.MultiplyAdd(sum, value, TLanes.Load(ref weights, (nuint)((ky * _shape.KernelWidth + kx) * channels + c)));
                }
            }
            TVector product = TLanes.Multiply(TLanes.ToFloat(sum), TLanes.Load(ref multipliers, (nuint)c));
            TLanes.StoreShorts(TLanes.RoundSum(product, TLanes.Load(ref bias, (nuint)c), _minimum, _maximum), ref result, (nuint)c);
        }
    }
}
