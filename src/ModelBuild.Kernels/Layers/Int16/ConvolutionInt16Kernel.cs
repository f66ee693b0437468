using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The convolution of 16-bit integers for one vector width: four output pixels by two vectors of output channels stay in registers while
/// pairs of inputs go by. Sums are exact, so that the order and the width do not matter.
/// </summary>
/// <typeparam name="TVector">The lanes.</typeparam>
/// <typeparam name="TLanes">Their arithmetic.</typeparam>
internal static class ConvolutionInt16Kernel<TVector, TLanes> where TVector : struct where TLanes : IShortLanes<TVector>
{
    private const int BlockPixels = 4;

    /// <summary>One image.</summary>
    /// <param name="input">[height][width][channels].</param>
    /// <param name="output">[height][width][outputs].</param>
    /// <param name="packed">Sizes, weights, multipliers and bias, for the width of this kernel.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public static void Run(ReadOnlySpan<short> input, Span<short> output, PackedInt16 packed, int minimum, int maximum)
    {
        ConvolutionShape shape = packed.Shape;
        Span<int> places = shape.Taps <= 128 ? stackalloc int[BlockPixels * shape.Taps] : new int[BlockPixels * shape.Taps];
        Span<int> sums = stackalloc int[BlockPixels * 2 * TLanes.Count];
        Span<long> totals = stackalloc long[BlockPixels * 2 * TLanes.Count];
        Span<short> results = stackalloc short[BlockPixels * 2 * TLanes.Count];
        for (int pixel = 0; pixel < shape.OutputPixels; pixel += BlockPixels)
        {
            int pixels = Math.Min(BlockPixels, shape.OutputPixels - pixel);
            for (int i = 0; i < BlockPixels; i++) FindTaps(shape, Math.Min(pixel + i, shape.OutputPixels - 1), places.Slice(i));
            for (int block = 0; block < shape.Groups * packed.GroupBlocks; block++)
            {
                int group = block / packed.GroupBlocks;
                int inGroup = block % packed.GroupBlocks * packed.BlockOutputs;
                int first = group * shape.GroupOutputs + inGroup;
                ReadOnlySpan<short> source = input.Slice(group * shape.GroupInputs);
                if (packed.Flushes == 1)
                {
                    Multiply(source, places, packed, block, packed.Runs, sums);
                    Requantize(sums, packed, block, results, minimum, maximum);
                }
                else
                {
                    MultiplyLong(source, places, packed, block, sums, totals);
                    RequantizeLong(totals, packed, block, results, minimum, maximum);
                }
                int outputs = Math.Min(packed.BlockOutputs, shape.GroupOutputs - inGroup);
                for (int i = 0; i < pixels; i++)
                {
                    results.Slice(i * packed.BlockOutputs, outputs).CopyTo(output.Slice((pixel + i) * shape.OutputChannels + first));
                }
            }
        }
    }

    /// <summary>Where the inputs of an output pixel begin, -1 outside the image; a place each <see cref="BlockPixels"/>.</summary>
    private static void FindTaps(ConvolutionShape shape, int pixel, Span<int> places)
    {
        int y = Math.DivRem(pixel, shape.OutputWidth, out int x);
        int place = 0;
        for (int ky = 0; ky < shape.KernelHeight; ky++)
        {
            int row = y * shape.StrideHeight - shape.PadTop + ky * shape.DilationHeight;
            for (int kx = 0; kx < shape.KernelWidth; kx++, place += BlockPixels)
            {
                int column = x * shape.StrideWidth - shape.PadLeft + kx * shape.DilationWidth;
                bool inside = (uint)row < (uint)shape.InputHeight && (uint)column < (uint)shape.InputWidth;
                places[place] = inside ? (row * shape.InputWidth + column) * shape.InputChannels : -1;
            }
        }
    }

    /// <summary>Sums of some runs, [pixels][outputs of the block].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(
        ReadOnlySpan<short> input, ReadOnlySpan<int> places, PackedInt16 packed, int block, ReadOnlySpan<Int16Run> runs, Span<int> sums)
    {
        int inputs = packed.Shape.GroupInputs;
        int last = input.Length - inputs;
        nuint lanes = (nuint)TLanes.Count;
        ref short source = ref MemoryMarshal.GetReference(input);
        ref short zeros = ref MemoryMarshal.GetArrayDataReference(packed.Zeros);
        ref int weights = ref MemoryMarshal.GetReference(packed.Weights.AsSpan(block * packed.BlockWeights, packed.BlockWeights));
        TVector left0 = TLanes.Create(0), left1 = left0, left2 = left0, left3 = left0;
        TVector right0 = left0, right1 = left0, right2 = left0, right3 = left0;
        foreach (Int16Run run in runs)
        {
            ref short x0 = ref Pixel(ref source, ref zeros, places[run.Tap * BlockPixels], last);
            ref short x1 = ref Pixel(ref source, ref zeros, places[run.Tap * BlockPixels + 1], last);
            ref short x2 = ref Pixel(ref source, ref zeros, places[run.Tap * BlockPixels + 2], last);
            ref short x3 = ref Pixel(ref source, ref zeros, places[run.Tap * BlockPixels + 3], last);
            ref int weight = ref Unsafe.Add(ref weights, (run.Tap * packed.Pairs + run.First) * packed.BlockOutputs);
            for (int i = 2 * run.First; i < 2 * run.End; i += 2)
            {
                TVector left = TLanes.Load(ref weight, 0);
                TVector right = TLanes.Load(ref weight, lanes);
                weight = ref Unsafe.Add(ref weight, 2 * lanes);
                bool isPair = i + 1 < inputs;
                TVector x = TLanes.Create(Pair(ref x0, i, isPair));
                left0 = TLanes.MultiplyAdd(left0, x, left);
                right0 = TLanes.MultiplyAdd(right0, x, right);
                x = TLanes.Create(Pair(ref x1, i, isPair));
                left1 = TLanes.MultiplyAdd(left1, x, left);
                right1 = TLanes.MultiplyAdd(right1, x, right);
                x = TLanes.Create(Pair(ref x2, i, isPair));
                left2 = TLanes.MultiplyAdd(left2, x, left);
                right2 = TLanes.MultiplyAdd(right2, x, right);
                x = TLanes.Create(Pair(ref x3, i, isPair));
                left3 = TLanes.MultiplyAdd(left3, x, left);
                right3 = TLanes.MultiplyAdd(right3, x, right);
            }
        }
        ref int sum = ref MemoryMarshal.GetReference(sums.Slice(0, 2 * BlockPixels * TLanes.Count));
        TLanes.Store(left0, ref sum, 0);
        TLanes.Store(right0, ref sum, lanes);
        TLanes.Store(left1, ref sum, 2 * lanes);
        TLanes.Store(right1, ref sum, 3 * lanes);
        TLanes.Store(left2, ref sum, 4 * lanes);
        TLanes.Store(right2, ref sum, 5 * lanes);
        TLanes.Store(left3, ref sum, 6 * lanes);
        TLanes.Store(right3, ref sum, 7 * lanes);
    }

    /// <summary>The same where 32 bits are not enough for all runs.</summary>
    private static void MultiplyLong(
        ReadOnlySpan<short> input, ReadOnlySpan<int> places, PackedInt16 packed, int block, Span<int> sums, Span<long> totals)
    {
        totals.Clear();
        int first = 0;
        for (int run = 0; run < packed.Runs.Length; run++)
        {
            if (!packed.Runs[run].Flush) continue;
            Multiply(input, places, packed, block, packed.Runs.AsSpan(first, run + 1 - first), sums);
            for (int i = 0; i < totals.Length; i++) totals[i] += sums[i];
            first = run + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Requantize(ReadOnlySpan<int> sums, PackedInt16 packed, int block, Span<short> results, int minimum, int maximum)
    {
        int outputs = packed.BlockOutputs;
        ref int sum = ref MemoryMarshal.GetReference(sums);
        ref short result = ref MemoryMarshal.GetReference(results.Slice(0, sums.Length));
        ref int multipliers = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<float, int>(packed.Multipliers.AsSpan(block * outputs, outputs)));
        ref int bias = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<float, int>(packed.Bias.AsSpan(block * outputs, outputs)));
        for (int i = 0; i < sums.Length; i += TLanes.Count)
        {
            nuint output = (nuint)(i % outputs);
            TVector product = TLanes.Multiply(TLanes.ToFloat(TLanes.Load(ref sum, (nuint)i)), TLanes.Load(ref multipliers, output));
            TLanes.StoreShorts(TLanes.RoundSum(product, TLanes.Load(ref bias, output), minimum, maximum), ref result, (nuint)i);
        }
    }

    private static void RequantizeLong(ReadOnlySpan<long> totals, PackedInt16 packed, int block, Span<short> results, int minimum, int maximum)
    {
        for (int i = 0; i < totals.Length; i++)
        {
            int output = block * packed.BlockOutputs + i % packed.BlockOutputs;
            int product = BitConverter.SingleToInt32Bits(totals[i] * packed.Multipliers[output]);
            results[i] = (short)ShortLanes1.RoundSum(product, BitConverter.SingleToInt32Bits(packed.Bias[output]), minimum, maximum);
        }
    }

    /// <summary>Two neighbours, the first in the lower half; or one and a zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Pair(ref short source, int index, bool isPair) =>
        isPair ? Int16Pair.Load(ref Unsafe.Add(ref source, index)) : Int16Pair.Of(Unsafe.Add(ref source, index), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref short Pixel(ref short source, ref short zeros, int index, int last)
    {
        if (index > last) throw new ArgumentOutOfRangeException(nameof(index));
        return ref index < 0 ? ref zeros : ref Unsafe.Add(ref source, index);
    }
}
