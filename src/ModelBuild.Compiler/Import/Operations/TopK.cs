using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports TopKV2, and TopK, whose k is an attribute. Elements that need not be sorted are.</summary>
internal static class TopKImport
{
    public static IReadOnlyList<Value> Import(ImportContext context)
    {
        context.Attributes.Ignore("sorted");
        Value k = context.Operation == "TopK" ? context.Scalar(context.Attributes.Integer("k", 0)) : context[1];
        return context.AddAll(new TopK(context.Attributes.Type("index_type", DataType.Int32)), context[0], k);
    }
}
