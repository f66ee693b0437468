using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports changes of colour and contrast.</summary>
internal static class AdjustColorImport
{
    public static Value Hue(ImportContext context) => context.Add(new AdjustColor(true), context[0], context[1]);

    public static Value Saturation(ImportContext context) => context.Add(new AdjustColor(false), context[0], context[1]);

    /// <summary>AdjustContrastv2: distances from the mean of each channel of each image, multiplied.</summary>
    public static Value Contrast(ImportContext context)
    {
        Value x = SinglePrecision.From(context, context[0]);
        Value mean = context.AddStep("mean", new Reduce(ReduceKind.Mean, true), x, context.Constant(-3, -2));
        Value distance = context.AddStep("distance", new Binary(BinaryKind.Subtract), x, mean);
        Value scaled = context.AddStep("scaled", new Binary(BinaryKind.Multiply), distance, SinglePrecision.From(context, context[1]));
        return SinglePrecision.To(context, context.AddStep("sum", new Binary(BinaryKind.Add), scaled, mean), context[0].Type);
    }
}
