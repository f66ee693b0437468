using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports DepthwiseConv2dNative.</summary>
internal static class DepthwiseConvolutionImport
{
    public static Value Import(ImportContext context)
    {
        Layout layout = new(context);
        DepthwiseConvolution convolution = new(layout.Pair("strides"), layout.Pair("dilations", 1, 1, 1, 1), layout.Padding(), Clamp.None);
        return layout.Out(context.Add(convolution, layout.In(context[0]), context[1]));
    }
}
