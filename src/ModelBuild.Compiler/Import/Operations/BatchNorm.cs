using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>
/// Imports fused batch normalisation; in training mode, which layer normalisation is frozen to, with the batch's own statistics.
/// </summary>
internal static class BatchNormImport
{
    public static IReadOnlyList<Value> Fused(ImportContext context)
    {
        Layout layout = new(context);
        float epsilon = context.Attributes.Float("epsilon", 0.0001f), share = context.Attributes.Float("exponential_avg_factor", 1);
        Value x = layout.In(SinglePrecision.From(context, context[0])), mean = context[3], variance = context[4];
        Value newMean = mean, newVariance = variance;
        if (context.Attributes.Boolean("is_training", true))
        {
            Value axes = context.Constant([.. Enumerable.Range(0, layout.Rank - 1)]);
            mean = context.AddStep("mean", new Reduce(ReduceKind.Mean, false), x, axes);
            Value deviation = context.AddStep("deviation", new Binary(BinaryKind.SquaredDifference), x, mean);
            variance = context.AddStep("variance", new Reduce(ReduceKind.Mean, false), deviation, axes);
            (newMean, newVariance) = Running(context, mean, Unbiased(context, x, variance, layout.Rank), share);
        }
        Value normal = layout.Out(context.AddStep("normal", new BatchNorm(epsilon), x, context[1], context[2], mean, variance));
        return [SinglePrecision.To(context, normal, context[0].Type), newMean, newVariance, mean, variance, Scalar(context, 0)];
    }

    /// <summary>BatchNormWithGlobalNormalization: x, mean, variance, beta, gamma.</summary>
    public static Value Unfused(ImportContext context)
    {
        float epsilon = context.Attributes.Float("variance_epsilon", 0.001f);
        Value gamma = context.Attributes.Boolean("scale_after_normalization", true) ? context[4]
            : context.Constant(Tensor.Of(context[1].Shape, [.. Enumerable.Repeat(1f, context[1].Shape.Count)]));
        return context.Add(new BatchNorm(epsilon), context[0], gamma, context[3], context[1], context[2]);
    }

    /// <summary>The estimate of the variance that the batch is a sample of: its own times n / (n - 1).</summary>
    private static Value Unbiased(ImportContext context, Value x, Value variance, int rank)
    {
        Value sizes = context.AddStep("sizes", new Gather(0, 0), context.ShapeOf(x), context.Constant([.. Enumerable.Range(0, rank - 1)]));
        Value product = context.AddStep("product", new Reduce(ReduceKind.Product, false), sizes, context.Constant(0));
        Value count = context.AddStep("count", new Cast(DataType.Float32), product);
        Value fewer = context.AddStep("fewer", new Binary(BinaryKind.Subtract), count, Scalar(context, 1));
        Value divisor = context.AddStep("divisor", new Binary(BinaryKind.Maximum), fewer, Scalar(context, 1));
        Value factor = context.AddStep("factor", new Binary(BinaryKind.Divide), count, divisor);
        return context.AddStep("unbiased", new Binary(BinaryKind.Multiply), variance, factor);
    }

    /// <summary>The statistics that training would go on with.</summary>
    private static (Value Mean, Value Variance) Running(ImportContext context, Value mean, Value variance, float share)
    {
        return share == 1 ? (mean, variance) : (Mix("running_mean", context[3], mean), Mix("running_variance", context[4], variance));

        Value Mix(string step, Value before, Value now)
        {
            Value kept = context.AddStep($"{step}/kept", new Binary(BinaryKind.Multiply), before, Scalar(context, 1 - share));
            Value added = context.AddStep($"{step}/added", new Binary(BinaryKind.Multiply), now, Scalar(context, share));
            return context.AddStep(step, new Binary(BinaryKind.Add), kept, added);
        }
    }

    private static Value Scalar(ImportContext context, float value) => context.Constant(Tensor.Of(Shape.Scalar, [value]));
}
