using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Conv2D and Conv3D, and Conv2D with what the graph transforms of TensorFlow 1 fused before it.</summary>
internal static class ConvolutionImport
{
    public static Value Import(ImportContext context)
    {
        Layout layout = new(context);
        Convolution convolution = new(layout.Pair("strides"), layout.Pair("dilations", 1, 1, 1, 1), layout.Padding(), Clamp.None);
        return layout.Out(context.Add(convolution, layout.In(context[0]), context[1]));
    }

    public static Value Volume(ImportContext context)
    {
        Layout layout = new(context);
        Convolution3D convolution = new(layout.Triple("strides"), layout.Triple("dilations", 1, 1, 1, 1, 1), layout.Padding());
        return layout.Out(context.Add(convolution, layout.In(context[0]), context[1]));
    }

    /// <summary>FusedPadConv2D: x, paddings (mirrored), weights.</summary>
    public static Value Padded(ImportContext context) => Padded(context, context[0], context[1], context[2]);

    /// <summary>FusedResizeAndPadConv2D: x, size (bilinear), paddings (mirrored), weights.</summary>
    public static Value Resized(ImportContext context)
    {
        Resize resize = new(ResizeKind.Bilinear, context.Attributes.Boolean("resize_align_corners", false), false);
        return Padded(context, context.AddStep("resized", resize, context[0], context[1]), context[2], context[3]);
    }

    private static Value Padded(ImportContext context, Value x, Value paddings, Value weights)
    {
        Layout layout = new(context);
        string mode = context.Attributes.Text("mode", "");
        PadMode outside = mode switch
        {
            "REFLECT" => PadMode.Reflect,
            "SYMMETRIC" => PadMode.Symmetric,
            _ => throw context.Unsupported($"the mode {mode} of padding is not supported."),
        };
        Value padded = context.AddStep("padded", new Pad(outside), x, paddings);
        return context.Add(new Convolution(layout.Pair("strides"), (1, 1), layout.Padding(), Clamp.None), padded, weights);
    }
}
