using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports MaxPool and AvgPool.</summary>
internal static class PoolImport
{
    public static Value Max(ImportContext context) => Import(context, PoolKind.Max);

    public static Value Average(ImportContext context) => Import(context, PoolKind.Average);

    private static Value Import(ImportContext context, PoolKind kind)
    {
        Layout layout = new(context);
        return layout.Out(context.Add(new Pool(kind, layout.Pair("ksize"), layout.Pair("strides"), layout.Padding()), layout.In(context[0])));
    }
}
