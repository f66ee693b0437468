namespace ModelBuild.Kernels;

/// <summary>The sizes of a pool over an NHWC image.</summary>
/// <param name="InputHeight">Rows of the input.</param>
/// <param name="InputWidth">Columns of the input.</param>
/// <param name="OutputHeight">Rows of the output.</param>
/// <param name="OutputWidth">Columns of the output.</param>
/// <param name="Channels">Channels of both.</param>
internal readonly record struct PoolShape(int InputHeight, int InputWidth, int OutputHeight, int OutputWidth, int Channels)
{
    /// <summary>From the images [1, height, width, channels].</summary>
    public static PoolShape Of(FlatBuffer<float> input, FlatBuffer<float> output)
    {
        BufferChecks.Image(input);
        BufferChecks.Image(output);
        BufferChecks.Require(input.Shape[3] == output.Shape[3], "a pool keeps its channels");
        return new PoolShape(input.Shape[1], input.Shape[2], output.Shape[1], output.Shape[2], input.Shape[3]);
    }
}
