using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports InTopK, whose k is an attribute, and InTopKV2.</summary>
internal static class InTopKImport
{
    public static Value Import(ImportContext context)
    {
        Value k = context.Operation == "InTopK" ? context.Scalar(context.Attributes.Integer("k", 0)) : context[2];
        return context.Add(new InTopK(), context[0], context[1], k);
    }
}
