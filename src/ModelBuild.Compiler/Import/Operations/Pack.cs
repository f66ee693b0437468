using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Pack.</summary>
internal static class PackImport
{
    public static Value Import(ImportContext context) => context.Add(new Pack(context.Attributes.Integer("axis", 0)), context.Inputs);
}
