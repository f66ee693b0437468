using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports BiasAdd: an addition along the channels.</summary>
internal static class BiasAddImport
{
    public static Value Import(ImportContext context)
    {
        Layout layout = new(context);
        return layout.Out(context.Add(new Binary(BinaryKind.Add), layout.In(context[0]), context[1]));
    }
}
