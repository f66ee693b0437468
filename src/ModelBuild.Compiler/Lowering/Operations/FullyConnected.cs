using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="FullyConnected"/>, a 1x1 convolution of an image with a pixel a row.</summary>
internal static class FullyConnectedLowering
{
    public static void Lower(LoweringContext context, Node node, FullyConnected layer)
    {
        (Value x, Value output) = (node.Inputs[0], node.Output);
        if (ImageShape.Of(x.Shape) is { } image)
        {
            ConvolutionShape shape = new()
            {
                InputHeight = image.Height, InputWidth = image.Width, InputChannels = image.Channels,
                OutputHeight = image.Height, OutputWidth = image.Width, OutputChannels = output.Shape[-1],
            };
            if (QuantizedConvolution.TryLower(context, node, shape, layer.Clamp)) return;
        }
        FlatDraft input = FloatConvolution.Floats(context, node, 0);
        context.Add(new LayerDraft(nameof(DenseFloat), node.Name, Phrases.Join("fully connected", layer.Clamp.ToString()))
        {
            Arguments =
            [
                ("input", input), ("output", context.NewFlat(output)), ("weights", FloatConvolution.Weights(context, node)),
                ("bias", FloatConvolution.Bias(context, node)), ("minimum", layer.Clamp.Minimum), ("maximum", layer.Clamp.Maximum),
            ],
            MultiplyAdds = (long)input.Length * output.Shape[-1],
        });
    }
}
