using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Which pixels a convolution reads, relative to the pixel that it writes: of its input, or of the input's phases
/// (<see cref="SplitPhases"/>), over which its strides are 1.
/// </summary>
/// <param name="Top">Rows of border above the image that the first row of taps needs.</param>
/// <param name="Left">Pixels of border before a row, likewise.</param>
/// <param name="LastRow">Rows from the pixel to the last tap; negative for a tap above.</param>
/// <param name="LastColumn">Columns from the pixel to the last tap.</param>
/// <param name="Height">Rows of the output.</param>
/// <param name="Width">Columns of the output.</param>
/// <param name="HasPadding">A window reaches outside of the image.</param>
internal sealed record ConvolutionReach(int Top, int Left, int LastRow, int LastColumn, int Height, int Width, bool HasPadding)
{
    public static ConvolutionReach Of(ConvolutionShape shape)
    {
        int lastRow = (shape.KernelHeight - 1) * shape.DilationHeight - shape.PadTop;
        int lastColumn = (shape.KernelWidth - 1) * shape.DilationWidth - shape.PadLeft;
        bool before = shape.PadTop > 0 || shape.PadLeft > 0;
        bool after = (shape.OutputHeight - 1) * shape.StrideHeight + lastRow >= shape.InputHeight
            || (shape.OutputWidth - 1) * shape.StrideWidth + lastColumn >= shape.InputWidth;
        return new ConvolutionReach(
            -FloorDivide(-shape.PadTop, shape.StrideHeight), -FloorDivide(-shape.PadLeft, shape.StrideWidth),
            FloorDivide(lastRow, shape.StrideHeight), FloorDivide(lastColumn, shape.StrideWidth),
            shape.OutputHeight, shape.OutputWidth, before || after);
    }

    private static int FloorDivide(int value, int divisor) => (value - (value % divisor + divisor) % divisor) / divisor;
}
