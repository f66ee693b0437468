using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// Convolution of the signs of an image (<see cref="PackSigns"/>) with weights of -1 and 1, by counting unequal bits; gives floats. A dense
/// layer is one of 1x1 pixel. The arithmetic is that of <see cref="SignWeights"/>.
/// </summary>
internal sealed class ConvolutionBinary : DividedLayer
{
    // Products of signs that take as long as a multiply-add of bytes.
    private const int SignsPerByte = 2;

    // Pixels whose patches are read before they are multiplied, and words that these may have.
    private const int MostTilePixels = 32, MostTileWords = 1024;

    private readonly FlatBuffer<byte> _input;
    private readonly FlatBuffer<float> _output;
    private readonly SignWindow _window;
    private readonly SignWeights _weights;
    private readonly KernelVariant _variant;
    private readonly float _minimum;
    private readonly float _maximum;

    /// <param name="input">The bytes of the layer's <see cref="SignWindow"/>.</param>
    /// <param name="output">[1, height, width, outputs].</param>
    /// <param name="weights">[outputs][kernel height][kernel width][channels], -1 or 1.</param>
    /// <param name="scales">[outputs], of the weights.</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="thresholds">[channels], of the signs.</param>
    /// <param name="amplitude">Distance from the threshold that a sign stands for.</param>
    /// <param name="height">Rows of the image of which the signs are.</param>
    /// <param name="width">Its columns.</param>
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
    public ConvolutionBinary(
        FlatBuffer<byte> input, FlatBuffer<float> output, sbyte[] weights, float[] scales, float[] bias, float[] thresholds, float amplitude,
        int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int dilationHeight, int dilationWidth,
        int padTop, int padLeft, float minimum, float maximum)
        : this(
            KernelVariants.Elementwise, input, output, weights, scales, bias, thresholds, amplitude,
            new ConvolutionShape
            {
                InputHeight = height, InputWidth = width, InputChannels = thresholds.Length,
                OutputHeight = output.Shape[1], OutputWidth = output.Shape[2], OutputChannels = output.Shape[3],
                KernelHeight = kernelHeight, KernelWidth = kernelWidth, StrideHeight = strideHeight, StrideWidth = strideWidth,
                DilationHeight = dilationHeight, DilationWidth = dilationWidth, PadTop = padTop, PadLeft = padLeft,
            },
            minimum, maximum)
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support.</summary>
    internal ConvolutionBinary(
        KernelVariant variant, FlatBuffer<byte> input, FlatBuffer<float> output, sbyte[] weights, float[] scales, float[] bias,
        float[] thresholds, float amplitude, ConvolutionShape shape, float minimum, float maximum)
        : base(shape.OutputHeight, (long)shape.OutputPixels * shape.Weights / SignsPerByte)
    {
        _window = new SignWindow(shape);
        BufferChecks.Require(input.Length == _window.Bytes && output.Length == shape.OutputLength, "arrays differ from the convolution");
        _input = input;
        _output = output;
        _weights = new SignWeights(_window, weights, scales, bias, thresholds, amplitude);
        _variant = variant;
        _minimum = minimum;
        _maximum = maximum;
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end)
    {
        ReadOnlySpan<byte> input = workspace.Elements(_input);
        Span<float> output = workspace.Elements(_output);
        switch (_variant)
        {
            case KernelVariant.Avx512 when Avx512Vbmi.IsSupported: Run<BitCounterVbmi>(input, output, first, end); break;
            case KernelVariant.Avx512 or KernelVariant.Avx2 or KernelVariant.AvxVnni: Run<BitCounterAvx2>(input, output, first, end); break;
            default: Run<BitCounterScalar>(input, output, first, end); break;
        }
    }

    private void Run<TCounter>(ReadOnlySpan<byte> input, Span<float> output, int first, int end) where TCounter : IBitCounter
    {
        ConvolutionShape shape = _window.Shape;
        int most = Math.Clamp(MostTileWords / _window.Words, 1, Math.Min(MostTilePixels, shape.OutputWidth));
        // A run of bytes is written in whole words, past the patch.
        Span<ulong> patches = stackalloc ulong[most * _window.Words + 1];
        for (int row = first; row < end; row++)
        {
            for (int column = 0; column < shape.OutputWidth; column += most)
            {
                int pixels = Math.Min(most, shape.OutputWidth - column);
                int corner = row * shape.StrideHeight * _window.Width + column * shape.StrideWidth, pixel = row * shape.OutputWidth + column;
                Read(input.Slice(corner * _window.PixelBytes), patches, pixels);
                Multiply<TCounter>(patches, output.Slice(pixel * shape.OutputChannels, pixels * shape.OutputChannels), row, column);
            }
        }
    }

    /// <summary>The patches of some pixels of a row, their runs of bytes put behind each other.</summary>
    private void Read(ReadOnlySpan<byte> input, Span<ulong> patches, int pixels)
    {
        int length = _window.RunBytes, step = _window.Shape.StrideWidth * _window.PixelBytes, patchBytes = _window.Words * sizeof(ulong);
        // The last run of the last pixel, and the end of its patch, are within the spans.
        ref byte source = ref MemoryMarshal.GetReference(input.Slice(0, (pixels - 1) * step + _window.Runs[^1] + (length + 7) / 8 * 8));
        ref byte target = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(patches.Slice(0, pixels * _window.Words + 1)));
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            int write = pixel * patchBytes, end = write + patchBytes;
            foreach (int run in _window.Runs)
            {
                int read = pixel * step + run;
                for (int i = 0; i < length; i += sizeof(ulong))
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, write + i), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, read + i)));
                write += length;
            }
            if (write < end) Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, write), 0UL);
        }
    }

    private void Multiply<TCounter>(ReadOnlySpan<ulong> patches, Span<float> output, int row, int column) where TCounter : IBitCounter
    {
        Span<float> rest = stackalloc float[SignWeights.Block];
        int words = _window.Words, outputs = _window.Shape.OutputChannels, pixels = output.Length / outputs;
        Vector256<float> minimum = Vector256.Create(_minimum), maximum = Vector256.Create(_maximum);
        ReadOnlySpan<int> columns = _weights.Columns.Slice(column, pixels);
        ref ulong patch = ref MemoryMarshal.GetReference(patches.Slice(0, pixels * words));
        for (int block = 0; block < _weights.Blocks; block++)
        {
            int first = block * SignWeights.Block;
            bool isWhole = outputs - first >= SignWeights.Block;
            ref ulong bits = ref MemoryMarshal.GetReference(_weights.Bits.Slice(first * words, SignWeights.Block * words));
            ref float offsets = ref MemoryMarshal.GetReference(_weights.Offsets.Slice(_weights.Rows[row] + first));
            ref float target = ref MemoryMarshal.GetReference(output.Slice(first));
            Vector256<float> factors = Vector256.Create(_weights.Factors.Slice(first));
            for (int pixel = 0; pixel < columns.Length; pixel++)
            {
                Vector256<int> counts = TCounter.Count(ref Unsafe.Add(ref patch, pixel * words), ref bits, words);
                Vector256<float> sums = Vector256.ConvertToSingle(counts) * factors + Vector256.LoadUnsafe(ref offsets, (nuint)columns[pixel]);
                Vector256<float> result = Vector256.Min(Vector256.Max(sums, minimum), maximum);
                if (isWhole) result.StoreUnsafe(ref target, (nuint)(pixel * outputs));
                else
                {
                    result.CopyTo(rest);
                    rest.Slice(0, outputs - first).CopyTo(output.Slice(pixel * outputs + first));
                }
            }
        }
    }
}
