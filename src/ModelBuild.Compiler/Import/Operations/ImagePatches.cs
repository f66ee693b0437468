using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports ExtractImagePatches.</summary>
internal static class ImagePatchesImport
{
    public static Value Import(ImportContext context)
    {
        Layout layout = new(context);
        return context.Add(new ImagePatches(layout.Pair("ksizes"), layout.Pair("strides"), layout.Pair("rates"), layout.Padding()), context[0]);
    }
}
