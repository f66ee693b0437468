using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports the versions of non-maximum suppression.</summary>
internal static class NonMaxSuppressionImport
{
    /// <summary>NonMaxSuppression: the overlap threshold is an attribute.</summary>
    public static Value First(ImportContext context) =>
        Import(context, Scalar(context, context.Attributes.Float("iou_threshold", 0.5f)), null, null, false)[0];

    /// <summary>NonMaxSuppressionV2: without score threshold.</summary>
    public static Value Second(ImportContext context)
    {
        context.Attributes.Ignore("T_threshold");
        return Import(context, context[3], null, null, false)[0];
    }

    public static Value Third(ImportContext context)
    {
        context.Attributes.Ignore("T_threshold");
        return Import(context, context[3], context[4], null, false)[0];
    }

    /// <summary>NonMaxSuppressionV4: with the number of boxes.</summary>
    public static IReadOnlyList<Value> Fourth(ImportContext context)
    {
        context.Attributes.Ignore("T_threshold");
        IReadOnlyList<Value> results = Import(context, context[3], context[4], null, false);
        return [results[0], results[2]];
    }

    /// <summary>NonMaxSuppressionV5: soft, with scores.</summary>
    public static IReadOnlyList<Value> Fifth(ImportContext context) => Import(context, context[3], context[4], context[5], false);

    public static Value WithOverlaps(ImportContext context) => Import(context, context[3], context[4], null, true)[0];

    public static IReadOnlyList<Value> Combined(ImportContext context)
    {
        CombinedNonMaxSuppression suppression = new(
            context.Attributes.Boolean("pad_per_class", false), context.Attributes.Boolean("clip_boxes", true));
        return context.AddAll(suppression, context[0], context[1], context[2], context[3], context[4], context[5]);
    }

    private static IReadOnlyList<Value> Import(ImportContext context, Value overlap, Value? score, Value? sigma, bool overlaps)
    {
        NonMaxSuppression suppression = new(context.Attributes.Boolean("pad_to_max_output_size", false), overlaps);
        return context.AddAll(
            suppression, context[0], context[1], context[2], overlap, score ?? Scalar(context, float.MinValue), sigma ?? Scalar(context, 0));
    }

    private static Value Scalar(ImportContext context, float value) => context.Constant(Tensor.Of(Shape.Scalar, [value]));
}
