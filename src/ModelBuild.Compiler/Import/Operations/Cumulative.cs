using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Cumsum, Cumprod and CumulativeLogsumexp.</summary>
internal static class CumulativeImport
{
    public static Func<ImportContext, Value> Of(CumulativeKind kind) => context => context.Add(
        new Cumulative(kind, context.Attributes.Boolean("exclusive", false), context.Attributes.Boolean("reverse", false)), context[0], context[1]);
}
