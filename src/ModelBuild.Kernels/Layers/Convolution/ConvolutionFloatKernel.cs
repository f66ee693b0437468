using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The float convolution for one vector width: eight output pixels by two vectors of output channels stay in registers
/// while the taps and the input channels go by. Nothing is copied: a tap is eight references into the image, or to
/// zeros outside it.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its arithmetic.</typeparam>
internal static class ConvolutionFloatKernel<TVector, TLanes> where TVector : struct where TLanes : IFloatLanes<TVector>
{
    private const int BlockPixels = 8;

    /// <summary>Blocks of pixels that take turns with the weights of a block of outputs while these are in the cache.</summary>
    private const int TileBlocks = 4;

    /// <summary>Taps beyond which a tile is one block, to spare the stack.</summary>
    private const int LargeKernel = 128;

    /// <inheritdoc cref="ConvolutionFloat.Run(ReadOnlySpan{float}, Span{float}, PackedConvolution, float, float)"/>
    public static void Run(ReadOnlySpan<float> input, Span<float> output, PackedConvolution packed, float minimum, float maximum)
    {
        ConvolutionShape shape = packed.Shape;
        int tilePixels = BlockPixels * (shape.Taps <= LargeKernel ? TileBlocks : 1);
        Span<int> pixels = stackalloc int[shape.Taps * tilePixels];
        for (int pixel = 0; pixel < shape.OutputPixels; pixel += tilePixels)
        {
            int count = Math.Min(tilePixels, shape.OutputPixels - pixel);
            FindInputs(shape, pixel, count, pixels);
            for (int group = 0; group < shape.Groups; group++)
            {
                for (int block = 0; block < packed.GroupBlocks; block++)
                {
                    Tile tile = new(pixel, count, group, block);
                    RunTile(input.Slice(group * shape.GroupInputs), output, pixels, packed, tile, minimum, maximum);
                }
            }
        }
    }

    /// <summary>Pixels [Pixel, Pixel + Count) of a block of a group's outputs.</summary>
    private readonly record struct Tile(int Pixel, int Count, int Group, int Block);

    private static void RunTile(
        ReadOnlySpan<float> input, Span<float> output, ReadOnlySpan<int> pixels, PackedConvolution packed, Tile tile,
        float minimum, float maximum)
    {
        ConvolutionShape shape = packed.Shape;
        int number = tile.Group * packed.GroupBlocks + tile.Block;
        int first = tile.Block * packed.BlockOutputs;
        int outputs = Math.Min(packed.BlockOutputs, shape.GroupOutputs - first);
        Span<float> scratch = stackalloc float[BlockPixels * 2 * TLanes.Count];
        for (int offset = 0; offset < tile.Count; offset += BlockPixels)
        {
            ReadOnlySpan<int> inputs = pixels.Slice(offset * shape.Taps, BlockPixels * shape.Taps);
            Span<float> place = output.Slice(
                (tile.Pixel + offset) * shape.OutputChannels + tile.Group * shape.GroupOutputs + first);
            int valid = Math.Min(BlockPixels, tile.Count - offset);
            if (valid == BlockPixels && outputs == packed.BlockOutputs)
            {
                Multiply(input, inputs, packed, number, place, shape.OutputChannels, minimum, maximum);
                continue;
            }
            Multiply(input, inputs, packed, number, scratch, packed.BlockOutputs, minimum, maximum);
            for (int i = 0; i < valid; i++)
            {
                scratch.Slice(i * packed.BlockOutputs, outputs).CopyTo(place.Slice(i * shape.OutputChannels));
            }
        }
    }

    /// <summary>
    /// Where the inputs of output pixels begin, -1 outside the image; [blocks][taps][8]. The last block is filled up with its
    /// last pixel.
    /// </summary>
    private static void FindInputs(ConvolutionShape shape, int pixel, int count, Span<int> inputs)
    {
        int y = Math.DivRem(pixel, shape.OutputWidth, out int x);
        for (int i = 0; i < count; i++)
        {
            FindTaps(shape, y, x, inputs.Slice(i / BlockPixels * BlockPixels * shape.Taps + i % BlockPixels));
            if (++x == shape.OutputWidth) (x, y) = (0, y + 1);
        }
        for (int i = count; i % BlockPixels != 0; i++)
        {
            Span<int> block = inputs.Slice(i / BlockPixels * BlockPixels * shape.Taps);
            for (int tap = 0; tap < shape.Taps; tap++) block[tap * BlockPixels + i % BlockPixels] = block[tap * BlockPixels + i % BlockPixels - 1];
        }
    }

    /// <summary>Where the inputs of one output pixel begin; a place each <see cref="BlockPixels"/>.</summary>
    private static void FindTaps(ConvolutionShape shape, int y, int x, Span<int> inputs)
    {
        int place = 0;
        int row = y * shape.StrideHeight - shape.PadTop;
        for (int ky = 0; ky < shape.KernelHeight; ky++, row += shape.DilationHeight)
        {
            bool inside = (uint)row < (uint)shape.InputHeight;
            int column = x * shape.StrideWidth - shape.PadLeft;
            for (int kx = 0; kx < shape.KernelWidth; kx++, column += shape.DilationWidth, place += BlockPixels)
            {
                inputs[place] = inside && (uint)column < (uint)shape.InputWidth
                    ? (row * shape.InputWidth + column) * shape.InputChannels
                    : -1;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(
        ReadOnlySpan<float> input, ReadOnlySpan<int> pixels, PackedConvolution packed, int block,
        Span<float> results, int stride, float minimum, float maximum)
    {
        nuint inputs = (nuint)packed.Shape.GroupInputs;
        nuint lanes = (nuint)TLanes.Count;
        int last = input.Length - (int)inputs;
        ref float source = ref MemoryMarshal.GetReference(input);
        ref float zeros = ref MemoryMarshal.GetArrayDataReference(packed.Zeros);
        ref float weights = ref MemoryMarshal.GetReference(packed.Weights.AsSpan(block * packed.BlockWeights, packed.BlockWeights));
        ref float bias = ref MemoryMarshal.GetReference(packed.Bias.AsSpan(block * packed.BlockOutputs, packed.BlockOutputs));
        TVector left0 = TLanes.Load(ref bias, 0), right0 = TLanes.Load(ref bias, lanes);
        TVector left1 = left0, left2 = left0, left3 = left0, left4 = left0, left5 = left0, left6 = left0, left7 = left0;
        TVector right1 = right0, right2 = right0, right3 = right0, right4 = right0, right5 = right0, right6 = right0, right7 = right0;
        for (int tap = 0; tap < pixels.Length; tap += BlockPixels)
        {
            ref float x0 = ref Pixel(ref source, ref zeros, pixels[tap], last);
            ref float x1 = ref Pixel(ref source, ref zeros, pixels[tap + 1], last);
            ref float x2 = ref Pixel(ref source, ref zeros, pixels[tap + 2], last);
            ref float x3 = ref Pixel(ref source, ref zeros, pixels[tap + 3], last);
            ref float x4 = ref Pixel(ref source, ref zeros, pixels[tap + 4], last);
            ref float x5 = ref Pixel(ref source, ref zeros, pixels[tap + 5], last);
            ref float x6 = ref Pixel(ref source, ref zeros, pixels[tap + 6], last);
            ref float x7 = ref Pixel(ref source, ref zeros, pixels[tap + 7], last);
            for (nuint i = 0; i < inputs; i++)
            {
                TVector left = TLanes.Load(ref weights, 0);
                TVector right = TLanes.Load(ref weights, lanes);
                weights = ref Unsafe.Add(ref weights, 2 * lanes);
                TVector x = TLanes.Create(Unsafe.Add(ref x0, i));
                left0 = TLanes.MultiplyAdd(x, left, left0);
                right0 = TLanes.MultiplyAdd(x, right, right0);
                x = TLanes.Create(Unsafe.Add(ref x1, i));
                left1 = TLanes.MultiplyAdd(x, left, left1);
                right1 = TLanes.MultiplyAdd(x, right, right1);
                x = TLanes.Create(Unsafe.Add(ref x2, i));
                left2 = TLanes.MultiplyAdd(x, left, left2);
                right2 = TLanes.MultiplyAdd(x, right, right2);
                x = TLanes.Create(Unsafe.Add(ref x3, i));
                left3 = TLanes.MultiplyAdd(x, left, left3);
                right3 = TLanes.MultiplyAdd(x, right, right3);
                x = TLanes.Create(Unsafe.Add(ref x4, i));
                left4 = TLanes.MultiplyAdd(x, left, left4);
                right4 = TLanes.MultiplyAdd(x, right, right4);
                x = TLanes.Create(Unsafe.Add(ref x5, i));
                left5 = TLanes.MultiplyAdd(x, left, left5);
                right5 = TLanes.MultiplyAdd(x, right, right5);
                x = TLanes.Create(Unsafe.Add(ref x6, i));
                left6 = TLanes.MultiplyAdd(x, left, left6);
                right6 = TLanes.MultiplyAdd(x, right, right6);
                x = TLanes.Create(Unsafe.Add(ref x7, i));
                left7 = TLanes.MultiplyAdd(x, left, left7);
                right7 = TLanes.MultiplyAdd(x, right, right7);
            }
        }
        TVector low = TLanes.Create(minimum);
        TVector high = TLanes.Create(maximum);
        Store(left0, right0, low, high, results, 0);
        Store(left1, right1, low, high, results, stride);
        Store(left2, right2, low, high, results, 2 * stride);
        Store(left3, right3, low, high, results, 3 * stride);
        Store(left4, right4, low, high, results, 4 * stride);
        Store(left5, right5, low, high, results, 5 * stride);
        Store(left6, right6, low, high, results, 6 * stride);
        Store(left7, right7, low, high, results, 7 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector left, TVector right, TVector low, TVector high, Span<float> results, int start)
    {
        ref float result = ref MemoryMarshal.GetReference(results.Slice(start, 2 * TLanes.Count));
        TLanes.Store(Clamp(left, low, high), ref result, 0);
        TLanes.Store(Clamp(right, low, high), ref result, (nuint)TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Clamp(TVector value, TVector low, TVector high)
    {
        value = TLanes.SelectLess(value, low, low, value);
        return TLanes.SelectLess(high, value, high, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float Pixel(ref float source, ref float zeros, int index, int last)
    {
        if (index > last) throw new ArgumentOutOfRangeException(nameof(index));
        return ref index < 0 ? ref zeros : ref Unsafe.Add(ref source, index);
    }
}
