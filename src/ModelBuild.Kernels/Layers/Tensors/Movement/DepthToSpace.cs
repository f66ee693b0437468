using System;

namespace ModelBuild.Kernels;

/// <summary>Moves channels into blocks of pixels: the inverse of <see cref="SpaceToDepth"/>.</summary>
internal static class DepthToSpace
{
    /// <summary>Shape of the result.</summary>
    /// <param name="shape">[n,h,w,c], or [n,c,h,w] with <paramref name="channelsFirst"/>.</param>
    /// <param name="blockSize">Side of a block in pixels; its square divides the channels.</param>
    /// <param name="channelsFirst">NCHW instead of NHWC.</param>
    public static int[] OutputShape(ReadOnlySpan<int> shape, int blockSize, bool channelsFirst)
    {
        Shapes.Require(shape.Length == 4 && blockSize > 0, "depth to space takes images");
        int[] output = shape.ToArray();
        int y = channelsFirst ? 2 : 1;
        int c = channelsFirst ? 1 : 3;
        Shapes.Require(shape[c] % (blockSize * blockSize) == 0, "channels do not make whole blocks");
        output[y] *= blockSize;
        output[y + 1] *= blockSize;
        output[c] /= blockSize * blockSize;
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
            ReadOnlySpan<int> planes = [shape[0], b, b, shape[1] / (b * b), shape[2], shape[3]];
            Transpose.Run(source, planes, [0, 3, 4, 1, 5, 2], destination);
            return;
        }
        ReadOnlySpan<int> pixels = [shape[0], shape[1], shape[2], b, b, shape[3] / (b * b)];
        Transpose.Run(source, pixels, [0, 1, 3, 2, 4, 5], destination);
    }
}

/// <inheritdoc cref="DepthToSpace"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="blockSize">Side of a block in pixels.</param>
/// <param name="channelsFirst">NCHW instead of NHWC.</param>
internal sealed class DepthToSpace<T>(FlatBuffer<T> input, FlatBuffer<T> output, int blockSize, bool channelsFirst) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, DepthToSpace.OutputShape(input.Shape, blockSize, channelsFirst));

    public override void Run(Workspace workspace) =>
        DepthToSpace.Run<T>(workspace.Elements(input), input.Shape, blockSize, channelsFirst, workspace.Elements(_output));
}
