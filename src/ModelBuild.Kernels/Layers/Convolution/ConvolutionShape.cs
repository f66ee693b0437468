namespace ModelBuild.Kernels;

/// <summary>The sizes of a convolution over an NHWC image.</summary>
internal sealed record ConvolutionShape
{
    public required int InputHeight { get; init; }
    public required int InputWidth { get; init; }
    public required int InputChannels { get; init; }
    public required int OutputHeight { get; init; }
    public required int OutputWidth { get; init; }
    public required int OutputChannels { get; init; }
    public int KernelHeight { get; init; } = 1;
    public int KernelWidth { get; init; } = 1;
    public int StrideHeight { get; init; } = 1;
    public int StrideWidth { get; init; } = 1;
    public int DilationHeight { get; init; } = 1;
    public int DilationWidth { get; init; } = 1;

    /// <summary>Rows of zeros above the image.</summary>
    public int PadTop { get; init; }

    /// <summary>Columns of zeros left of the image.</summary>
    public int PadLeft { get; init; }

    /// <summary>Groups, of which each output channel sees the inputs of one.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Input channels of a group.</summary>
    public int GroupInputs => InputChannels / Groups;

    /// <summary>Output channels of a group.</summary>
    public int GroupOutputs => OutputChannels / Groups;

    /// <summary>Positions of the kernel.</summary>
    public int Taps => KernelHeight * KernelWidth;

    /// <summary>Pixels of the output.</summary>
    public int OutputPixels => OutputHeight * OutputWidth;

    /// <summary>Number of weights.</summary>
    public int Weights => Taps * GroupInputs * OutputChannels;

    /// <summary>Floats of the input.</summary>
    public int InputLength => InputHeight * InputWidth * InputChannels;

    /// <summary>Floats of the output.</summary>
    public int OutputLength => OutputPixels * OutputChannels;

    /// <summary>Throws unless the sizes are positive and fit the groups.</summary>
    public void Check()
    {
        BufferChecks.Require(
            InputHeight > 0 && InputWidth > 0 && InputChannels > 0 && OutputHeight > 0 && OutputWidth > 0 && OutputChannels > 0 &&
            KernelHeight > 0 && KernelWidth > 0 && StrideHeight > 0 && StrideWidth > 0 && DilationHeight > 0 && DilationWidth > 0 &&
            Groups > 0, "a size of a convolution is not positive");
        BufferChecks.Require(
            InputChannels % Groups == 0 && OutputChannels % Groups == 0, "channels are not a multiple of the groups");
    }
}
