using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>
/// Imports optional values, which conditionals of TensorFlow 2 keep for gradients. Inference never needs one that is not known
/// at once, so that no graph has operations of them.
/// </summary>
internal static class OptionalImport
{
    public static Value None(ImportContext context) => Make(context, null);

    public static Value FromValue(ImportContext context)
    {
        context.Attributes.Ignore("Toutput_types");
        return Make(context, context.Inputs);
    }

    public static Value HasValue(ImportContext context) =>
        context.Constant(new Tensor(DataType.Bool, Shape.Scalar, new[] { Read(context).Components is not null }));

    public static IReadOnlyList<Value> GetValue(ImportContext context)
    {
        context.Attributes.Ignore("output_types", "output_shapes");
        return Read(context).Components
            ?? throw new ModelBuildException(DiagnosticCode.InvalidGraph, "an optional value is read that is not there.");
    }

    private static Value Make(ImportContext context, IReadOnlyList<Value>? components) =>
        context.Constant(new Tensor(DataType.Variant, Shape.Scalar, new object[] { new Optional(components) }));

    private static Optional Read(ImportContext context) => context[0].Constant?.Data is object[] and [Optional optional] ? optional
        : throw context.Unsupported("an optional value depends on the model's input.");

    private sealed record Optional(IReadOnlyList<Value>? Components);
}
