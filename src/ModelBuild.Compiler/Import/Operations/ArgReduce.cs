using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports ArgMax and ArgMin.</summary>
internal static class ArgReduceImport
{
    public static Value Greatest(ImportContext context) => Import(context, false);

    public static Value Least(ImportContext context) => Import(context, true);

    private static Value Import(ImportContext context, bool least) =>
        context.Add(new ArgReduce(least, context.Attributes.Type("output_type", DataType.Int64)), context[0], context[1]);
}
