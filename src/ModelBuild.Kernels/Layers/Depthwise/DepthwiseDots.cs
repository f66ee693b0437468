using System;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// What a depthwise convolution's kernel of 3x3 taps, stride 1, executes that multiplies four bytes a lane, as VPDPBUSD does: the bytes
/// of four rows are interleaved, and two rows of the output multiply them by the weights of a column of the kernel, the lower one by those a
/// row further down. It reads no other pixels than these have under their taps, and writes no others.
/// </summary>
/// <remarks>
/// The output is made of chunks of rows and columns, all of one size and small enough for what is interleaved to stay in the cache, and
/// a chunk of blocks of eight pixels of two rows. Where there is no room for a whole one the last begins earlier and computes some pixels
/// once more.
/// </remarks>
internal sealed class DepthwiseDots
{
    /// <summary>Columns of the kernel.</summary>
    public const int Columns = 3;

    /// <summary>Bytes of a vector, two pixels: of each four channels, of each four rows.</summary>
    public const int VectorBytes = 2 * PixelBytes;

    private const int Rows = 3;
    private const int Block = 8;
    private const int PixelBytes = 16;

    // Of two chunks' interleaved pixels, at most: a part of the first-level cache.
    private const int ScratchBytes = 16 * 1024;

    // In narrower images too much is interleaved that nothing is multiplied by.
    private const int LeastWidth = 12;

    private DepthwiseDots(ImageBuffer input, ConvolutionWindow window, sbyte[] weights, int[] initial, ImageBuffer output)
    {
        int quads = output.Quads;
        Initial = initial;
        Pitch = input.Pitch;
        PlaneBytes = input.Size * 4;
        int first = window.TapOffset(input, 0, quads);
        ColumnOffset = (window.TapOffset(input, 1, quads) - first) / 4 * PixelBytes;
        int reach = (window.TapOffset(input, Columns - 1, quads) - first) / 4;
        int chunkWidth = Math.Min(output.Width, (ScratchBytes / (2 * PixelBytes) - reach) / Block * Block);
        FillPixels = Avx512BW.IsSupported && chunkWidth + reach >= 16 ? 16 : 8;
        int rowPixels = chunkWidth + reach;
        int rowBytes = (rowPixels + 3) / 4 * 4 * PixelBytes;
        // The fewest chunks, and those of one size, leave the least to be computed once more.
        int allPairs = (output.Height + 1) / 2, mostPairs = ScratchBytes / 2 / rowBytes;
        int chunkRows = (allPairs + mostPairs - 1) / mostPairs;
        int pairs = (allPairs + chunkRows - 1) / chunkRows;
        int chunkHeight = Math.Min(output.Height, 2 * pairs);
        ChunkBytes = pairs * rowBytes;
        int[] fillStarts = Starts(rowPixels, FillPixels), blockStarts = Starts(chunkWidth, Block);
        Fills = new DepthwiseFill[pairs * fillStarts.Length];
        Blocks = new DepthwiseBlock[pairs * blockStarts.Length];
        for (int pair = 0; pair < pairs; pair++)
        {
            int row = Math.Min(2 * pair, chunkHeight - 2) * Pitch;
            for (int i = 0; i < fillStarts.Length; i++)
            {
                int x = fillStarts[i];
                Fills[pair * fillStarts.Length + i] = new DepthwiseFill(first + (row + x) * 4, pair * rowBytes + x * PixelBytes);
            }
            for (int i = 0; i < blockStarts.Length; i++)
            {
                int x = blockStarts[i];
                Blocks[pair * blockStarts.Length + i] = new DepthwiseBlock(pair * rowBytes + x * PixelBytes, row + x);
            }
        }
        int[] columns = Starts(output.Width, chunkWidth), rows = Starts(output.Height, chunkHeight);
        Chunks = new int[columns.Length * rows.Length];
        for (int i = 0; i < Chunks.Length; i++) Chunks[i] = rows[i % rows.Length] * Pitch + columns[i / rows.Length];
        Weights = new byte[quads * Columns * 2 * VectorBytes];
        SetWeights(weights);
    }

    /// <summary>What the accumulator of each channel starts with, up to a multiple of four.</summary>
    public int[] Initial { get; }

    /// <summary>Pixels from a row to the next.</summary>
    public int Pitch { get; }

    /// <summary>Bytes from a quad of the input to the next.</summary>
    public int PlaneBytes { get; }

    /// <summary>Bytes of a chunk's interleaved pixels.</summary>
    public int ChunkBytes { get; }

    /// <summary>Bytes from the interleaved pixels under a column of the kernel to those under the next.</summary>
    public int ColumnOffset { get; }

    /// <summary>Pixels that are interleaved at a time, 8 or 16.</summary>
    public int FillPixels { get; }

    /// <summary>What of a chunk is interleaved; offsets for the chunk that begins at output pixel 0 of quad 0.</summary>
    public DepthwiseFill[] Fills { get; }

    /// <summary>The blocks of a chunk.</summary>
    public DepthwiseBlock[] Blocks { get; }

    /// <summary>The first pixel of each chunk.</summary>
    public int[] Chunks { get; }

    /// <summary>[quads][columns][2 rows of the output][2 pixels of a vector][channels][rows of the input].</summary>
    public byte[] Weights { get; }

    /// <summary>The program of a layer, or null where its shape is not made for it.</summary>
    /// <param name="input">The input.</param>
    /// <param name="window">Where the taps fall.</param>
    /// <param name="weights">[channels][taps], -127..127.</param>
    /// <param name="initial">What the accumulator of each channel starts with, up to a multiple of four.</param>
    /// <param name="output">The output.</param>
    public static DepthwiseDots? TryMake(
        ImageBuffer input, ConvolutionWindow window, sbyte[] weights, int[] initial, ImageBuffer output)
    {
        if (window.KernelHeight != Rows || window.KernelWidth != Columns || !window.HasAdjacentRows || window.StrideWidth != 1) return null;
        if (output.Height < 2 || output.Width < LeastWidth) return null;
        int reach = (window.TapOffset(input, Columns - 1, output.Quads) - window.TapOffset(input, 0, output.Quads)) / 4;
        return reach < ScratchBytes / (4 * PixelBytes) ? new DepthwiseDots(input, window, weights, initial, output) : null;
    }

    /// <summary>Where pieces of a whole begin: the last one ends with it.</summary>
    private static int[] Starts(int whole, int piece)
    {
        int[] starts = new int[(whole + piece - 1) / piece];
        for (int i = 0; i < starts.Length; i++) starts[i] = Math.Min(i * piece, whole - piece);
        return starts;
    }

    private void SetWeights(ReadOnlySpan<sbyte> weights)
    {
        const int QuadBytes = Columns * 2 * VectorBytes;
        for (int channel = 0; channel * Rows * Columns < weights.Length; channel++)
        {
            Span<byte> quad = Weights.AsSpan(channel / 4 * QuadBytes + channel % 4 * 4);
            for (int tap = 0; tap < Rows * Columns; tap++)
            {
                (int ky, int kx) = Math.DivRem(tap, Columns);
                int place = kx * 2 * VectorBytes + ky;
                byte weight = (byte)weights[channel * Rows * Columns + tap];
                quad[place] = quad[place + PixelBytes] = weight;
                place += VectorBytes + 1;
                quad[place] = quad[place + PixelBytes] = weight;
            }
        }
    }
}
