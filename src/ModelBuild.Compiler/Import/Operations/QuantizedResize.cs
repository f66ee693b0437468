using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports QuantizedResizeBilinear: integers between their neighbours, rounded, in the range of the input.</summary>
internal static class QuantizedResizeImport
{
    public static IReadOnlyList<Value> Import(ImportContext context)
    {
        QuantizedOperand x = QuantizedOperand.Read(context, 0, 2);
        Resize resize = new(ResizeKind.Bilinear, context.Attributes.Boolean("align_corners", false), context.Attributes.Boolean("half_pixel_centers", false));
        Value resized = context.AddStep("resized", resize, context.AddStep("float", new Cast(DataType.Float32), x.Integers), context[1]);
        Value rounded = context.AddStep("rounded", new Unary(UnaryKind.Round), resized);
        return (x with { Integers = context.Add(new Cast(x.Integers.Type), rounded) }).Outputs;
    }
}
