using System;

namespace ModelBuild.Kernels;

/// <summary>Product of two images of one geometry: <see cref="ProductOperator"/>, requantised.</summary>
internal sealed class MultiplyInt8 : DividedLayer
{
    private readonly ImageBuffer _left;
    private readonly ImageBuffer _right;
    private readonly ImageBuffer _output;
    private readonly ProductOperator _product;
    private readonly Requantization _requantization;

    /// <param name="left">First input.</param>
    /// <param name="right">Second input.</param>
    /// <param name="output">Product.</param>
    /// <param name="multiplier">Product of the inputs' scales over scale of the output.</param>
    /// <param name="leftZeroPoint">Zero point of the left input.</param>
    /// <param name="rightZeroPoint">Zero point of the right input.</param>
    /// <param name="outputZeroPoint">Zero point of the output.</param>
    /// <param name="minimum">Least byte of the output.</param>
    /// <param name="maximum">Greatest byte of the output.</param>
    public MultiplyInt8(
        ImageBuffer left, ImageBuffer right, ImageBuffer output, float multiplier,
        int leftZeroPoint, int rightZeroPoint, int outputZeroPoint, int minimum, int maximum)
        : base(output.Quads, WorkOf(output))
    {
        BufferChecks.SameGeometry(left, output);
        BufferChecks.SameGeometry(right, output);
        _left = left;
        _right = right;
        _output = output;
        _product = new ProductOperator(multiplier, leftZeroPoint, rightZeroPoint);
        _requantization = new Requantization(outputZeroPoint, minimum, maximum);
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end)
    {
        Span<byte> image = workspace.Bytes(_output);
        BinaryInt8.Run(
            KernelVariants.Elementwise, _left.Planes(workspace.Bytes(_left), first, end), _right.Planes(workspace.Bytes(_right), first, end),
            _output.Planes(image, first, end), _product, _requantization);
        _output.FillBorder(image, first, end);
    }
}
