using System;

namespace ModelBuild.Kernels;

/// <summary>Moves blocks of pixels into channels; the pixel's place in its block is the slower part of the channel.</summary>
internal static class SpaceToDepth
{
    /// <summary>Shape of the result.</summary>
    /// <param name="shape">[n,h,w,c], or [n,c,h,w] with <paramref name="channelsFirst"/>.</param>
    /// <param name="blockSize">Side of a block in pixels; divides height and width.</param>
    /// <param name="channelsFirst">NCHW instead of NHWC.</param>
    public static int[] OutputShape(ReadOnlySpan<int> shape, int blockSize, bool channelsFirst)
    {
        Shapes.Require(shape.Length == 4 && blockSize > 0, "space to depth takes images");
        int[] output = shape.ToArray();
        int y = channelsFirst ? 2 : 1;
        Shapes.Require(shape[y] % blockSize == 0 && shape[y + 1] % blockSize == 0, "an image is not made of whole blocks");
        output[y] /= blockSize;
        output[y + 1] /= blockSize;
        output[channelsFirst ? 1 : 3] *= blockSize * blockSize;
        return output;
    }

    /// <summary>Moves.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="blockSize">Side of a block in pixels.</param>
    /// <param name="channelsFirst">NCHW instead of NHWC.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, int blockSize, bool channelsFirst, Span<T> destination)
    {
        int b = blockSize;
        if (channelsFirst)
        {
            ReadOnlySpan<int> planes = [shape[0], shape[1], shape[2] / b, b, shape[3] / b, b];
            Transpose.Run(source, planes, [0, 3, 5, 1, 2, 4], destination);
            return;
        }
        ReadOnlySpan<int> pixels = [shape[0], shape[1] / b, b, shape[2] / b, b, shape[3]];
        Transpose.Run(source, pixels, [0, 1, 3, 2, 4, 5], destination);
    }
}

/// <inheritdoc cref="SpaceToDepth"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="blockSize">Side of a block in pixels.</param>
/// <param name="channelsFirst">NCHW instead of NHWC.</param>
internal sealed class SpaceToDepth<T>(FlatBuffer<T> input, FlatBuffer<T> output, int blockSize, bool channelsFirst) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, SpaceToDepth.OutputShape(input.Shape, blockSize, channelsFirst));

    public override void Run(Workspace workspace) =>
        SpaceToDepth.Run<T>(workspace.Elements(input), input.Shape, blockSize, channelsFirst, workspace.Elements(_output));
}
