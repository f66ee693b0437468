using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The float depthwise convolution (one output a channel) for one vector width, which runs along channels: four neighbouring
/// output pixels share each weight where no tap of theirs lies outside the image's columns.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its arithmetic.</typeparam>
internal static class DepthwiseFloatKernel<TVector, TLanes> where TVector : struct where TLanes : IFloatLanes<TVector>
{
    private const int BlockPixels = 4;

    /// <summary>Computes channels from <paramref name="channel"/> on while a whole vector of them is left.</summary>
    /// <returns>The first channel not computed.</returns>
    public static int Run(in DepthwiseFloatOperands operands, Span<float> output, int channel)
    {
        ConvolutionShape shape = operands.Shape;
        int end = channel + (shape.InputChannels - channel) / TLanes.Count * TLanes.Count;
        if (end == channel) return channel;
        for (int y = 0; y < shape.OutputHeight; y++)
        {
            for (int x = 0; x < shape.OutputWidth;)
            {
                bool block = x + BlockPixels <= shape.OutputWidth && TapsInside(shape, x, BlockPixels);
                Span<float> pixels = output.Slice((y * shape.OutputWidth + x) * shape.OutputChannels);
                if (block) RunBlock(operands, pixels, y, x, channel, end);
                else RunPixel(operands, pixels, y, x, channel, end);
                x += block ? BlockPixels : 1;
            }
        }
        return end;
    }

    /// <summary>True if all columns under the kernel are in the image for <paramref name="count"/> outputs from x on.</summary>
    private static bool TapsInside(ConvolutionShape shape, int x, int count)
    {
        int left = x * shape.StrideWidth - shape.PadLeft;
        int right = (x + count - 1) * shape.StrideWidth - shape.PadLeft + (shape.KernelWidth - 1) * shape.DilationWidth;
        return left >= 0 && right < shape.InputWidth;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunBlock(in DepthwiseFloatOperands operands, Span<float> output, int y, int x, int channel, int end)
    {
        ConvolutionShape shape = operands.Shape;
        (int firstRow, int endRow) = TapRows(shape, y);
        int channels = shape.InputChannels;
        nuint step = (nuint)(shape.StrideWidth * channels);
        int left = x * shape.StrideWidth - shape.PadLeft;
        int top = y * shape.StrideHeight - shape.PadTop;
        ref float weights = ref MemoryMarshal.GetReference(operands.Weights);
        ref float bias = ref MemoryMarshal.GetReference(operands.Bias);
        ref float input = ref MemoryMarshal.GetReference(operands.Input);
        ref float result = ref MemoryMarshal.GetReference(output.Slice(0, BlockPixels * channels));
        TVector low = TLanes.Create(operands.Minimum);
        TVector high = TLanes.Create(operands.Maximum);
        for (int c = channel; c < end; c += TLanes.Count)
        {
            TVector sum0 = TLanes.Load(ref bias, (nuint)c);
            TVector sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (int ky = firstRow; ky < endRow; ky++)
            {
                int row = (top + ky * shape.DilationHeight) * shape.InputWidth + left;
                ref float source = ref Unsafe.Add(ref input, row * channels + c);
                ref float weight = ref Unsafe.Add(ref weights, ky * shape.KernelWidth * channels + c);
                for (int kx = 0; kx < shape.KernelWidth; kx++)
                {
                    TVector w = TLanes.Load(ref weight, (nuint)(kx * channels));
                    nuint place = (nuint)(kx * shape.DilationWidth * channels);
                    sum0 = TLanes.MultiplyAdd(TLanes.Load(ref source, place), w, sum0);
                    sum1 = TLanes.MultiplyAdd(TLanes.Load(ref source, place + step), w, sum1);
                    sum2 = TLanes.MultiplyAdd(TLanes.Load(ref source, place + 2 * step), w, sum2);
                    sum3 = TLanes.MultiplyAdd(TLanes.Load(ref source, place + 3 * step), w, sum3);
                }
            }
            TLanes.Store(Clamp(sum0, low, high), ref result, (nuint)c);
            TLanes.Store(Clamp(sum1, low, high), ref result, (nuint)(c + channels));
            TLanes.Store(Clamp(sum2, low, high), ref result, (nuint)(c + 2 * channels));
            TLanes.Store(Clamp(sum3, low, high), ref result, (nuint)(c + 3 * channels));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPixel(in DepthwiseFloatOperands operands, Span<float> output, int y, int x, int channel, int end)
    {
        ConvolutionShape shape = operands.Shape;
        (int firstRow, int endRow) = TapRows(shape, y);
        int channels = shape.InputChannels;
        ref float weights = ref MemoryMarshal.GetReference(operands.Weights);
        ref float bias = ref MemoryMarshal.GetReference(operands.Bias);
        ref float input = ref MemoryMarshal.GetReference(operands.Input);
        ref float result = ref MemoryMarshal.GetReference(output.Slice(0, channels));
        TVector low = TLanes.Create(operands.Minimum);
        TVector high = TLanes.Create(operands.Maximum);
        for (int c = channel; c < end; c += TLanes.Count)
        {
            TVector sum = TLanes.Load(ref bias, (nuint)c);
            for (int ky = firstRow; ky < endRow; ky++)
            {
                int row = y * shape.StrideHeight - shape.PadTop + ky * shape.DilationHeight;
                for (int kx = 0; kx < shape.KernelWidth; kx++)
                {
                    int column = x * shape.StrideWidth - shape.PadLeft + kx * shape.DilationWidth;
                    if ((uint)column >= (uint)shape.InputWidth) continue;
                    TVector w = TLanes.Load(ref weights, (nuint)((ky * shape.KernelWidth + kx) * channels + c));
                    TVector value = TLanes.Load(ref input, (nuint)((row * shape.InputWidth + column) * channels + c));
                    sum = TLanes.MultiplyAdd(value, w, sum);
                }
            }
            TLanes.Store(Clamp(sum, low, high), ref result, (nuint)c);
        }
    }

    /// <summary>Rows [First, End) of the kernel that lie in the image for an output row.</summary>
    private static (int First, int End) TapRows(ConvolutionShape shape, int y)
    {
        int top = y * shape.StrideHeight - shape.PadTop;
        int first = 0;
        int end = shape.KernelHeight;
        while (first < end && top + first * shape.DilationHeight < 0) first++;
        while (first < end && top + (end - 1) * shape.DilationHeight >= shape.InputHeight) end--;
        return (first, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Clamp(TVector value, TVector low, TVector high)
    {
        value = TLanes.SelectLess(value, low, low, value);
        return TLanes.SelectLess(high, value, high, value);
    }
}
