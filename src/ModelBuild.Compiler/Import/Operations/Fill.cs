using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Fill.</summary>
internal static class FillImport
{
    public static Value Import(ImportContext context)
    {
        context.Attributes.Ignore("index_type");
        return context.Add(new Fill(), context[0], context[1]);
    }
}
