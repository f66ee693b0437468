using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Product of an image and a vector with a factor a channel (squeeze and excitation): <see cref="ProductOperator"/> of pixel
/// and factor, requantised.
/// </summary>
internal sealed class ScaleChannelsInt8 : DividedLayer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _scale;
    private readonly ImageBuffer _output;
    private readonly ProductOperator _product;
    private readonly Requantization _requantization;

    /// <param name="input">The image.</param>
    /// <param name="scale">Factors, 1x1.</param>
    /// <param name="output">Product, of the input's geometry.</param>
    /// <param name="multiplier">Product of the inputs' scales over scale of the output.</param>
    /// <param name="inputZeroPoint">Zero point of the image.</param>
    /// <param name="scaleZeroPoint">Zero point of the factors.</param>
    /// <param name="outputZeroPoint">Zero point of the output.</param>
    /// <param name="minimum">Least byte of the output.</param>
    /// <param name="maximum">Greatest byte of the output.</param>
    public ScaleChannelsInt8(
        ImageBuffer input, ImageBuffer scale, ImageBuffer output, float multiplier,
        int inputZeroPoint, int scaleZeroPoint, int outputZeroPoint, int minimum, int maximum)
        : base(output.Quads, WorkOf(output))
    {
        BufferChecks.SameGeometry(input, output);
        BufferChecks.OnePixel(scale);
        BufferChecks.Require(scale.Channels == input.Channels, "a factor for each channel");
        _input = input;
        _scale = scale;
        _output = output;
        _product = new ProductOperator(multiplier, inputZeroPoint, scaleZeroPoint);
        _requantization = new Requantization(outputZeroPoint, minimum, maximum);
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end)
    {
        Span<byte> source = workspace.Bytes(_input);
        Span<byte> factors = workspace.Bytes(_scale);
        Span<byte> image = workspace.Bytes(_output);
        Span<byte> repeated = stackalloc byte[BinaryInt8.Period];
        // The pixels and no border, in whole vectors if the plane has room for the last one.
        int whole = (_input.Span * 4 + BinaryInt8.Period - 1) / BinaryInt8.Period * BinaryInt8.Period;
        int length = Math.Min(whole, (_input.Size - _input.Origin) * 4);
        for (int quad = first; quad < end; quad++)
        {
            MemoryMarshal.Cast<byte, int>(repeated).Fill(MemoryMarshal.Read<int>(factors.Slice(quad * 4)));
            int pixel = (quad * _input.Size + _input.Origin) * 4;
            BinaryInt8.Run(
                KernelVariants.Elementwise, source.Slice(pixel, length), repeated, image.Slice(pixel, length), _product, _requantization);
        }
        _output.FillBorder(image, first, end);
    }
}
