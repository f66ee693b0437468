namespace ModelBuild.Kernels.Tests;

/// <summary>The buffers of a <see cref="ConvolutionCase"/> in one working memory: image, its phases (where strided), output.</summary>
internal sealed class ConvolutionGeometry
{
    private const int Vector = 16;

    public ConvolutionGeometry(ConvolutionCase shape, int border, int outputBorder)
    {
        int reachTop = CeilingDivide(shape.PadTop, shape.Stride);
        int reachLeft = CeilingDivide(shape.PadLeft, shape.Stride);
        int phaseHeight = CeilingDivide(shape.Height, shape.Stride);
        int phaseWidth = CeilingDivide(shape.Width, shape.Stride);
        int last = (shape.Kernel - 1) * shape.Dilation;
        int reachBottom = Math.Max(FloorDivide(last - shape.PadTop, shape.Stride), 0);
        int reachRight = Math.Max(FloorDivide(last - shape.PadLeft, shape.Stride), 0);
        int pitch = Math.Max(phaseWidth, shape.OutputWidth) + Math.Max(reachLeft, reachRight);
        int origin = reachTop * pitch + reachLeft;
        int span = (shape.OutputHeight - 1) * pitch + shape.OutputWidth;
        int pixels = Math.Max(shape.Tight ? span : CeilingDivide(span, Vector) * Vector, (phaseHeight - 1) * pitch + phaseWidth);
        int size = origin + pixels + reachBottom * pitch + reachRight;
        int phases = shape.Stride * shape.Stride;
        int quads = (shape.Channels + 3) / 4;
        if (shape.Stride == 1)
        {
            Image = Place(shape.Channels, shape.Height, shape.Width, pitch, origin, size, border);
            Input = Image;
        }
        else
        {
            Image = Place(shape.Channels, shape.Height, shape.Width, shape.Width, 0, shape.Height * shape.Width, -1);
            Input = Place(quads * 4 * phases, phaseHeight, phaseWidth, pitch, origin, size, border);
        }
        int outputPixels = shape.Tight ? span : CeilingDivide(span, Vector) * Vector;
        Output = Place(shape.Outputs, shape.OutputHeight, shape.OutputWidth, pitch, 3, 3 + outputPixels, outputBorder);
        FloatOutput = new FlatBuffer<float>(Length, 1, shape.OutputHeight, shape.OutputWidth, shape.Outputs);
        Length += CeilingDivide(FloatOutput.Length * sizeof(float), 64) * 64;
        Range = new FlatBuffer<float>(Length, 2);
        Length += 64;
        if (shape.Stride > 1) Split = new SplitPhases(Image, Input, shape.Stride, shape.Stride, shape.PadTop, shape.PadLeft);
    }

    /// <summary>The unsplit input.</summary>
    public ImageBuffer Image { get; }

    /// <summary>What the convolution reads.</summary>
    public ImageBuffer Input { get; }

    public ImageBuffer Output { get; }

    /// <summary>Output of the hybrid layers, NHWC.</summary>
    public FlatBuffer<float> FloatOutput { get; }

    /// <summary>Scale and zero point for the hybrid layers.</summary>
    public FlatBuffer<float> Range { get; }

    /// <summary>Makes <see cref="Input"/> from <see cref="Image"/>, where these differ.</summary>
    public SplitPhases? Split { get; }

    /// <summary>Bytes of all buffers.</summary>
    public int Length { get; private set; }

    private ImageBuffer Place(int channels, int height, int width, int pitch, int origin, int size, int border)
    {
        ImageBuffer buffer = new(Length, channels, height, width, pitch, origin, size, border);
        Length += CeilingDivide(buffer.Bytes, 64) * 64;
        return buffer;
    }

    private static int CeilingDivide(int value, int divisor) => (value + divisor - 1) / divisor;

    private static int FloorDivide(int value, int divisor) => (int)Math.Floor((double)value / divisor);
}
