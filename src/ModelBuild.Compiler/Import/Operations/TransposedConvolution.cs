using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports the gradients of convolutions by their images, as transposed convolutions: size, weights, x.</summary>
internal static class TransposedConvolutionImport
{
    public static Value Import(ImportContext context) => Image(context, context[1]);

    /// <summary>Of a depthwise convolution: weights [kh,kw,c,multiplier] are [kh,kw,1,c*multiplier] with a group a channel.</summary>
    public static Value Depthwise(ImportContext context)
    {
        Shape weights = context[1].Shape;
        Inference.RequireRank(context[1], 4, "the weights");
        if (!weights.IsStatic) throw context.Unsupported($"the shape {weights} of the weights is not known.");
        Value shape = context.Constant(weights[0], weights[1], 1, Inference.Product(weights.Dimensions[2..]));
        return Image(context, context.AddStep("weights", new Reshape(), context[1], shape));
    }

    public static Value Volume(ImportContext context)
    {
        Layout layout = new(context);
        TransposedConvolution3D convolution = new(layout.Triple("strides"), layout.Triple("dilations", 1, 1, 1, 1, 1), layout.Padding());
        return layout.Out(context.Add(convolution, layout.In(context[2]), context[1], Size(context, layout, context[1], 5)));
    }

    private static Value Image(ImportContext context, Value weights)
    {
        Layout layout = new(context);
        TransposedConvolution convolution = new(layout.Pair("strides"), layout.Pair("dilations", 1, 1, 1, 1), layout.Padding());
        return layout.Out(context.Add(convolution, layout.In(context[2]), weights, Size(context, layout, weights, 4)));
    }

    /// <summary>The whole shape of the result with channels last; TensorFlow also takes its height and width alone.</summary>
    private static Value Size(ImportContext context, Layout layout, Value weights, int rank)
    {
        Value size = context[0];
        if (!size.Shape.HasRank || size.Shape.Rank != 1) throw context.Unsupported($"a size of shape {size.Shape} is no vector.");
        if (size.Shape[0] != rank - 2)
            return !layout.ChannelsFirst ? size
                : context.AddStep("size", new Gather(0, 0), size, context.Constant(layout.ChannelsLast([.. Enumerable.Range(0, rank)])));
        Shape x = layout.In(context[2]).Shape;
        if (!x.HasRank || x[0] == Shape.Unknown || !weights.Shape.IsStatic)
            throw context.Unsupported("batch and channels of the result are not known.");
        return context.AddStep("size", new Concat(0), context.Constant(x[0]), size, context.Constant(weights.Shape[-2]));
    }
}
