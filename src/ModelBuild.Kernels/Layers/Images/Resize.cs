using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Resizes an image by weighted sums: TensorFlow's ResizeBilinear, ResizeBicubic and ResizeArea. The result is float.</summary>
/// <typeparam name="T">Element type of the image.</typeparam>
internal sealed class Resize<T> : Layer where T : unmanaged, INumberBase<T>
{
    private readonly FlatBuffer<T> _input;
    private readonly FlatBuffer<float> _output;
    private readonly AxisWeights _rows;
    private readonly AxisWeights _columns;

    /// <param name="input">[batch, height, width, channels].</param>
    /// <param name="output">[batch, new height, new width, channels].</param>
    /// <param name="method">A name of <see cref="ResizeMethod"/>.</param>
    /// <param name="alignCorners">See <see cref="PixelCoordinates"/>.</param>
    /// <param name="halfPixelCenters">See <see cref="PixelCoordinates"/>.</param>
    public Resize(FlatBuffer<T> input, FlatBuffer<float> output, string method, bool alignCorners, bool halfPixelCenters)
    {
        Shapes.Require(input.Shape.Length == 4 && output.Shape.Length == 4, "an image has four axes");
        ResizeMethod parsed = Enum.Parse<ResizeMethod>(method);
        _input = input;
        _output = Shapes.Shaped(output, [input.Shape[0], output.Shape[1], output.Shape[2], input.Shape[3]]);
        _rows = ResizeWeights.Of(parsed, input.Shape[1], output.Shape[1], alignCorners, halfPixelCenters);
        _columns = ResizeWeights.Of(parsed, input.Shape[2], output.Shape[2], alignCorners, halfPixelCenters);
    }

    public override void Run(Workspace workspace) => Resample.Run<T>(
        workspace.Elements(_input), _input.Shape[1], _input.Shape[2], _input.Shape[3], _rows, _columns, workspace.Elements(_output));
}
