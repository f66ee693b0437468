using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports fused batch normalisation; in training mode, which layer normalisation is frozen to, with the batch's own statistics.</summary>
internal static class BatchNormImport
{
    public static IReadOnlyList<Value> Fused(ImportContext context)
    {
        Layout layout = new(context);
        float epsilon = context.Attributes.Float("epsilon", 0.0001f);
        context.Attributes.Ignore("exponential_avg_factor");
        Value x = layout.In(context[0]), mean = context[3], variance = context[4];
        if (context.Attributes.Boolean("is_training", true))
        {
            Value axes = context.Constant([.. Enumerable.Range(0, x.Shape.Rank - 1)]);
            mean = context.AddStep("mean", new Reduce(ReduceKind.Mean, false), x, axes);
            Value deviation = context.AddStep("deviation", new Binary(BinaryKind.SquaredDifference), x, mean);
            variance = context.AddStep("variance", new Reduce(ReduceKind.Mean, false), deviation, axes);
        }
        Value y = layout.Out(context.Add(new BatchNorm(epsilon), x, context[1], context[2], mean, variance));
        return [y, mean, variance, mean, variance, variance];
    }

    /// <summary>BatchNormWithGlobalNormalization: x, mean, variance, beta, gamma.</summary>
    public static Value Unfused(ImportContext context)
    {
        float epsilon = context.Attributes.Float("variance_epsilon", 0.001f);
        Value gamma = context.Attributes.Boolean("scale_after_normalization", true) ? context[4]
            : context.Constant(Tensor.Of(context[1].Shape, [.. Enumerable.Repeat(1f, context[1].Shape.Count)]));
        return context.Add(new BatchNorm(epsilon), context[0], gamma, context[3], context[1], context[2]);
    }
}
