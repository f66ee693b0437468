using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Unique and UniqueWithCounts, whose outputs are the first ones of the operation.</summary>
internal static class UniqueImport
{
    public static IReadOnlyList<Value> Import(ImportContext context) =>
        context.AddAll(new Unique(context.Attributes.Type("out_idx", DataType.Int32)), context.Inputs);
}
