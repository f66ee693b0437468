using System;

namespace ModelBuild.Kernels;

/// <summary>Sum of two images of one geometry: <see cref="SumOperator"/>, requantised.</summary>
internal sealed class AddInt8 : DividedLayer
{
    private readonly ImageBuffer _left;
    private readonly ImageBuffer _right;
    private readonly ImageBuffer _output;
    private readonly SumOperator _sum;
    private readonly Requantization _requantization;

    /// <param name="left">First input.</param>
    /// <param name="right">Second input.</param>
    /// <param name="output">Sum.</param>
    /// <param name="leftMultiplier">Scale of the left input over scale of the output.</param>
    /// <param name="rightMultiplier">Scale of the right input over scale of the output.</param>
    /// <param name="leftZeroPoint">Zero point of the left input.</param>
    /// <param name="rightZeroPoint">Zero point of the right input.</param>
    /// <param name="outputZeroPoint">Zero point of the output.</param>
    /// <param name="minimum">Least byte of the output.</param>
    /// <param name="maximum">Greatest byte of the output.</param>
    public AddInt8(
        ImageBuffer left, ImageBuffer right, ImageBuffer output, float leftMultiplier, float rightMultiplier,
        int leftZeroPoint, int rightZeroPoint, int outputZeroPoint, int minimum, int maximum)
        : base(output.Quads, WorkOf(output))
    {
        BufferChecks.SameGeometry(left, output);
        BufferChecks.SameGeometry(right, output);
        _left = left;
        _right = right;
        _output = output;
        _sum = new SumOperator(leftMultiplier, rightMultiplier, leftZeroPoint, rightZeroPoint);
        _requantization = new Requantization(outputZeroPoint, minimum, maximum);
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end)
    {
        Span<byte> image = workspace.Bytes(_output);
        BinaryInt8.Run(
            KernelVariants.Elementwise, _left.Planes(workspace.Bytes(_left), first, end), _right.Planes(workspace.Bytes(_right), first, end),
            _output.Planes(image, first, end), _sum, _requantization);
        _output.FillBorder(image, first, end);
    }
}
