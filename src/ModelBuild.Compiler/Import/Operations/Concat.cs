using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports ConcatV2: values, then the axis.</summary>
internal static class ConcatImport
{
    public static Value Import(ImportContext context)
    {
        int last = context.Inputs.Count - 1;
        int axis = Inference.Integer(Value.Of("the axis", context.RequireConstant(last, "the axis")))!.Value;
        return context.Add(new Concat(axis), [.. context.Inputs.Take(last)]);
    }
}
