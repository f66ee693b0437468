namespace ModelBuild.Kernels;

/// <summary>
/// Where the signs of an image lie as bits: [rows][columns][bytes], a border around the image as wide as the kernel reaches, channel c of a
/// pixel being bit c % 6 of its byte c / 6, so that a single VPERMB counts the bits of a byte. All other bits are 0.
/// </summary>
internal sealed class SignWindow
{
    /// <summary>Channels in a byte.</summary>
    public const int Channels = 6;

    /// <summary>Words of which a byte can hold the sum of the bits at its place.</summary>
    public const int MostWords = byte.MaxValue / Channels;

    // A patch is read eight bytes at a time, past the last pixel.
    private const int Slack = sizeof(ulong);

    /// <param name="shape">The convolution that reads the signs, without groups.</param>
    public SignWindow(ConvolutionShape shape)
    {
        shape.Check();
        BufferChecks.Require(shape.Groups == 1, "a convolution of signs has groups");
        Shape = shape;
        PixelBytes = (shape.InputChannels + Channels - 1) / Channels;
        int height = Span(shape.InputHeight, shape.PadTop, shape.OutputHeight, shape.StrideHeight, shape.KernelHeight, shape.DilationHeight);
        Width = Span(shape.InputWidth, shape.PadLeft, shape.OutputWidth, shape.StrideWidth, shape.KernelWidth, shape.DilationWidth);
        Bytes = height * Width * PixelBytes + Slack;
        PatchBytes = shape.Taps * PixelBytes;
        Words = (PatchBytes + sizeof(ulong) - 1) / sizeof(ulong);
        // Taps of a row that are neighbours are read at once.
        int joined = shape.DilationWidth == 1 ? shape.KernelWidth : 1;
        RunBytes = joined * PixelBytes;
        Runs = new int[shape.Taps / joined];
        for (int run = 0; run < Runs.Length; run++)
        {
            int tap = run * joined, row = tap / shape.KernelWidth * shape.DilationHeight, column = tap % shape.KernelWidth * shape.DilationWidth;
            Runs[run] = (row * Width + column) * PixelBytes;
        }
    }

    /// <summary>The convolution.</summary>
    public ConvolutionShape Shape { get; }

    /// <summary>Pixels of a row, border included.</summary>
    public int Width { get; }

    /// <summary>Bytes of a pixel.</summary>
    public int PixelBytes { get; }

    /// <summary>Bytes of the image, with those that are read past its end.</summary>
    public int Bytes { get; }

    /// <summary>Bytes of what an output sees: [kernel height][kernel width][bytes].</summary>
    public int PatchBytes { get; }

    /// <summary>The same in words of 64 bits; the last is filled with zeros.</summary>
    public int Words { get; }

    /// <summary>Bytes from a patch's first pixel to each run of its bytes that lie side by side.</summary>
    public int[] Runs { get; }

    /// <summary>Bytes of a run.</summary>
    public int RunBytes { get; }

    private static int Span(int input, int before, int output, int stride, int kernel, int dilation)
    {
        int read = (output - 1) * stride + (kernel - 1) * dilation + 1;
        return read > before + input ? read : before + input;
    }
}
