using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports what gives its inputs on, and what gives nothing: control inputs do not count, so that only its order is lost.</summary>
internal static class PassingImport
{
    public static Value One(ImportContext context)
    {
        context.Attributes.Ignore("message", "summarize", "first_n", "data", "output_stream", "end");
        return context[0];
    }

    public static IReadOnlyList<Value> All(ImportContext context) => context.Inputs;

    public static IReadOnlyList<Value> None(ImportContext context)
    {
        context.Attributes.Ignore("summarize", "output_stream", "end");
        return [];
    }

    /// <summary>EnsureShape, and PlaceholderWithDefault that nobody feeds.</summary>
    public static Value Shaped(ImportContext context)
    {
        if (context.Attributes.Shape("shape") is { } shape) Inference.Merge(shape, context[0].Shape, "the shape is to be another");
        return context[0];
    }
}
