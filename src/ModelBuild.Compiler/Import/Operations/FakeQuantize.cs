using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports FakeQuantWithMinMaxArgs, FakeQuantWithMinMaxVars and FakeQuantWithMinMaxVarsPerChannel.</summary>
internal static class FakeQuantizeImport
{
    private const int DefaultBits = 8, LeastBits = 2, MostBits = 16;

    /// <summary>The range is an attribute.</summary>
    public static Value Arguments(ImportContext context) =>
        context.Add(Read(context), context[0], Scalar(context, "min", -6), Scalar(context, "max", 6));

    /// <summary>The range is an input: one, or one a channel.</summary>
    public static Value Variables(ImportContext context) => context.Add(Read(context), context[0], context[1], context[2]);

    private static FakeQuantize Read(ImportContext context)
    {
        int bits = context.Attributes.Integer("num_bits", DefaultBits);
        Inference.Require(bits is >= LeastBits and <= MostBits, $"there is no fake quantisation to {bits} bits.");
        return new FakeQuantize(bits, context.Attributes.Boolean("narrow_range", false));
    }

    private static Value Scalar(ImportContext context, string attribute, float fallback) =>
        context.Constant(Tensor.Of(Shape.Scalar, new[] { context.Attributes.Float(attribute, fallback) }));
}
