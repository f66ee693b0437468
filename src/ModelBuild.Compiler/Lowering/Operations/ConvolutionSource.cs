using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>
/// What the kernel of a quantised convolution reads, in the form that it takes: strides become phases, and what multiplies no
/// more than a vector by a matrix becomes that.
/// </summary>
/// <param name="Image">The image, a rearrangement of it, or its phases.</param>
/// <param name="Shape">The convolution over the image (of phases: over what they were made of).</param>
/// <param name="Weights">[out][kh][kw][c / groups] of this shape.</param>
internal sealed record ConvolutionSource(ImageDraft Image, ConvolutionShape Shape, sbyte[] Weights)
{
    /// <summary>A product of a vector and a matrix.</summary>
    public bool IsDense => Image.IsVector && Shape is { Taps: 1, OutputPixels: 1, Groups: 1 };

    /// <summary>Dimensions of <see cref="Weights"/>.</summary>
    public int[] WeightShape => IsDense
        ? [Shape.OutputChannels, Shape.InputChannels]
        : [Shape.OutputChannels, Shape.KernelHeight, Shape.KernelWidth, Shape.GroupInputs];

    /// <summary>The constructor arguments that tell the window, the groups and the channels.</summary>
    public (string Name, object Value)[] Arguments()
    {
        if (IsDense) return [];
        (string, object)[] groups = Shape.IsDepthwise() ? [] : [("groups", Shape.Groups)];
        return [.. Shape.WindowArguments(), .. groups, ("channels", Shape.InputChannels)];
    }

    /// <summary>Adds the layers that rearrange the image.</summary>
    /// <param name="context">The plan.</param>
    /// <param name="image">The convolution's input.</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="weights">[out][kh][kw][c / groups].</param>
    public static ConvolutionSource Of(LoweringContext context, ImageDraft image, ConvolutionShape shape, sbyte[] weights)
    {
        ConvolutionSource source = new(image, shape, weights);
        if (image.Shape.IsPixel && shape.OutputPixels == 1) return source.OnlyTap();
        if (source.CoversImage) return source.Flatten(context);
        if (image.Shape.IsPixel) source = source.Bordered(context);
        if (shape is { StrideHeight: 1, StrideWidth: 1 }) return source;
        return shape.Taps == 1 && !ConvolutionReach.Of(shape).HasPadding ? source.Thin(context) : source.Split(context);
    }

    private bool CoversImage => Shape is { OutputPixels: 1, PadTop: 0, PadLeft: 0, DilationHeight: 1, DilationWidth: 1, Groups: 1 }
        && Shape.KernelHeight == Shape.InputHeight && Shape.KernelWidth == Shape.InputWidth;

    /// <summary>Of a single pixel to a single pixel only one tap counts.</summary>
    private ConvolutionSource OnlyTap()
    {
        (int y, int restY) = Math.DivRem(Shape.PadTop, Shape.DilationHeight);
        (int x, int restX) = Math.DivRem(Shape.PadLeft, Shape.DilationWidth);
        bool exists = restY == 0 && restX == 0 && y < Shape.KernelHeight && x < Shape.KernelWidth;
        sbyte[] only = new sbyte[Shape.OutputChannels * Shape.GroupInputs];
        for (int o = 0; exists && o < Shape.OutputChannels; o++)
        {
            int tap = (o * Shape.KernelHeight + y) * Shape.KernelWidth + x;
            Weights.AsSpan(tap * Shape.GroupInputs, Shape.GroupInputs).CopyTo(only.AsSpan(o * Shape.GroupInputs));
        }
        return this with { Shape = Pointwise(Shape), Weights = only };
    }

    /// <summary>A kernel as large as the image multiplies all of its elements, in their order, by a matrix.</summary>
    private ConvolutionSource Flatten(LoweringContext context)
    {
        ImageDraft vector = context.NewImage($"{Image.Name}/vector", new ImageShape(1, 1, Shape.InputLength), Image.Quantization);
        AddLayer(context, nameof(ReshapeInt8), "to a vector", vector);
        ConvolutionShape shape = Pointwise(Shape) with { InputHeight = 1, InputWidth = 1, InputChannels = Shape.InputLength };
        return this with { Image = vector, Shape = shape };
    }

    /// <summary>A single pixel with a border, for kernels that give more than that.</summary>
    private ConvolutionSource Bordered(LoweringContext context)
    {
        ImageDraft copy = context.NewImage($"{Image.Name}/bordered", Image.Shape, Image.Quantization, isFree: true);
        AddLayer(context, nameof(ReshapeInt8), "with a border", copy);
        return this with { Image = copy };
    }

    /// <summary>A 1x1 kernel with strides reads every so many pixels, which are as many pools of one pixel.</summary>
    private ConvolutionSource Thin(LoweringContext context)
    {
        ImageShape size = new(Shape.OutputHeight, Shape.OutputWidth, Shape.InputChannels);
        ImageDraft thinned = context.NewImage($"{Image.Name}/thinned", size, Image.Quantization);
        AddLayer(
            context, nameof(MaxPoolInt8), $"a pixel of {Shape.StrideHeight}x{Shape.StrideWidth}", thinned, ("windowHeight", 1), ("windowWidth", 1),
            ("strideHeight", Shape.StrideHeight), ("strideWidth", Shape.StrideWidth), ("padTop", 0), ("padLeft", 0));
        ConvolutionShape shape = Shape with { InputHeight = size.Height, InputWidth = size.Width, StrideHeight = 1, StrideWidth = 1 };
        return this with { Image = thinned, Shape = shape };
    }

    private ConvolutionSource Split(LoweringContext context)
    {
        // Quads of four channels are not split: every phase has whole ones.
        int channels = (Shape.InputChannels + 3) / 4 * 4 * Shape.StrideHeight * Shape.StrideWidth;
        ImageShape size = new(
            Ceiling(Shape.InputHeight, Shape.StrideHeight), Ceiling(Shape.InputWidth, Shape.StrideWidth), channels);
        ImageDraft phases = context.NewImage($"{Image.Name}/phases", size, Image.Quantization, isFree: true);
        // A border value that is found in the call is taken from the border of the image itself.
        if (Image.Quantization is null && ConvolutionReach.Of(Shape).HasPadding) context.Geometry.RequireEnd(Image);
        AddLayer(
            context, nameof(SplitPhases), $"{Shape.StrideHeight}x{Shape.StrideWidth} phases", phases, ("strideHeight", Shape.StrideHeight), ("strideWidth", Shape.StrideWidth),
            ("padTop", Shape.PadTop), ("padLeft", Shape.PadLeft));
        return this with { Image = phases };
    }

    private void AddLayer(LoweringContext context, string kind, string remarks, ImageDraft output, params (string, object)[] arguments) =>
        context.Add(new LayerDraft(kind, output.Name, remarks) { Arguments = [("input", Image), ("output", output), .. arguments] });

    private static ConvolutionShape Pointwise(ConvolutionShape shape) => shape with
    {
        KernelHeight = 1, KernelWidth = 1, StrideHeight = 1, StrideWidth = 1, DilationHeight = 1, DilationWidth = 1,
        PadTop = 0, PadLeft = 0,
    };

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
