using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports LRN.</summary>
internal static class LocalResponseImport
{
    public static Value Import(ImportContext context)
    {
        Attributes attributes = context.Attributes;
        return context.Add(
            new LocalResponse(
                attributes.Integer("depth_radius", 5), attributes.Float("bias", 1), attributes.Float("alpha", 1), attributes.Float("beta", 0.5f)),
            context[0]);
    }
}
