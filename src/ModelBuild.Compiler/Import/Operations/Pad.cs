using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Pad and PadV2.</summary>
internal static class PadImport
{
    public static Value Import(ImportContext context) => context.Add(new Pad(PadMode.Constant), context.Inputs);
}
