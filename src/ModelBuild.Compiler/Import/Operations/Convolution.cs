using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Conv2D and Conv3D.</summary>
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
}
