using System;

namespace ModelBuild.Kernels;

/// <summary>Brings floats (NHWC) to the int8 path: <c>q = requantise(x * (1 / scale))</c>, NaN becoming 0.</summary>
internal sealed class Quantize : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly ImageBuffer _output;
    private readonly float _inverseScale;
    private readonly Requantization _requantization;

    /// <param name="input">[height, width, channels] of the output, or a vector of channels.</param>
    /// <param name="output">The image.</param>
    /// <param name="scale">Scale of the output.</param>
    /// <param name="zeroPoint">Zero point of the output.</param>
    public Quantize(FlatBuffer<float> input, ImageBuffer output, float scale, int zeroPoint)
    {
        BufferChecks.SameLength(output, input);
        BufferChecks.Require(scale > 0, "a scale is positive");
        _input = input;
        _output = output;
        _inverseScale = 1f / scale;
        _requantization = new Requantization(zeroPoint);
    }

    public override void Run(Workspace workspace)
    {
        Span<byte> image = workspace.Bytes(_output);
        Store(workspace.Elements(_input), image, _output, _inverseScale, _requantization);
        _output.FillBorder(image);
    }

    /// <summary>Quantises NHWC floats into the pixels of an image.</summary>
    /// <param name="source">[height, width, channels].</param>
    /// <param name="image">The bytes of <paramref name="geometry"/>.</param>
    /// <param name="geometry">Layout of the image.</param>
    /// <param name="inverseScale">1 / scale, rounded to float.</param>
    /// <param name="requantization">The last step.</param>
    public static void Store(
        ReadOnlySpan<float> source, Span<byte> image, ImageBuffer geometry, float inverseScale, Requantization requantization)
    {
        if (geometry.Size == 1)
        {
            Convert(source, image, inverseScale, requantization);
            return;
        }
        Span<byte> bytes = stackalloc byte[ChannelsLast.BlockBytes];
        for (PixelBlock block = PixelBlock.First(geometry); block.Y < geometry.Height; block = block.Next(geometry))
        {
            Convert(source.Slice(block.Start(geometry), block.Length), bytes, inverseScale, requantization);
            ChannelsLast.Store(bytes, image, geometry, block);
        }
    }

    private static void Convert(ReadOnlySpan<float> source, Span<byte> destination, float inverseScale, Requantization requantization)
    {
        QuantizeScalar.Run(source, destination, inverseScale, requantization);
    }
}
