using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports QuantizedBatchNormWithGlobalNormalization and QuantizedInstanceNorm.</summary>
internal static class QuantizedNormalizationImport
{
    // The range of a batch normalisation's 32-bit results: 10 bits of fraction below the units.
    private const float FixedRange = 1 << 20;
    private const float DefaultEpsilon = 1e-5f, DefaultSeparation = 1e-3f;

    /// <summary>In fixed point: (x * factor) / 1 + addend, products and quotient of 32-bit integers.</summary>
    public static IReadOnlyList<Value> Batch(ImportContext context)
    {
        context.Attributes.Ignore("Tinput", "out_type");
        float epsilon = context.Attributes.Float("variance_epsilon", DefaultEpsilon);
        Value Real(int operand) => QuantizedOperand.Read(context, operand * 3, operand * 3 + 1).Real(context);
        (Value x, Value mean, Value variance, Value beta) = (Real(0), Real(1), Real(2), Real(3));
        Value factor = InverseDeviation(context, variance, epsilon);
        if (context.Attributes.Boolean("scale_after_normalization", false)) factor = Step(context, BinaryKind.Multiply, factor, Real(4));
        Value addend = Step(context, BinaryKind.Subtract, beta, Step(context, BinaryKind.Multiply, mean, factor));
        (Value minimum, Value maximum) = (QuantizedOperand.Number(context, -FixedRange), QuantizedOperand.Number(context, FixedRange));
        Value Fixed(Value real) => context.AddStep("fixed", new QuantizeInRange(DataType.QInt32), real, minimum, maximum);
        Value product = Step(context, BinaryKind.Multiply, Fixed(x), Fixed(factor));
        Value scaled = Step(context, BinaryKind.TruncateDivide, product, Fixed(QuantizedOperand.Number(context, 1)));
        return [context.Add(new Binary(BinaryKind.Add), scaled, Fixed(addend)), minimum, maximum];
    }

    /// <summary>By the statistics of each image and channel; the results have the range given, or the one they need.</summary>
    public static IReadOnlyList<Value> Instance(ImportContext context)
    {
        QuantizedOperand x = QuantizedOperand.Read(context, 0, 1);
        float epsilon = context.Attributes.Float("variance_epsilon", DefaultEpsilon);
        float separation = context.Attributes.Float("min_separation", DefaultSeparation);
        bool isGiven = context.Attributes.Boolean("output_range_given", false);
        (float low, float high) = (context.Attributes.Float("given_y_min", 0), context.Attributes.Float("given_y_max", 0));

        Value scale = x.Step(context);
        Value integers = context.AddStep("float", new Cast(DataType.Float32), x.Integers);
        Value centered = Step(context, BinaryKind.Multiply, scale, Step(context, BinaryKind.Subtract, integers, Mean(context, integers)));
        Value variance = Mean(context, context.AddStep("square", new Unary(UnaryKind.Square), centered));
        Value normed = Step(context, BinaryKind.Multiply, centered, InverseDeviation(context, variance, epsilon));

        Value minimum = isGiven ? QuantizedOperand.Number(context, low) : Extreme(context, ReduceKind.Minimum, normed);
        Value maximum = isGiven ? QuantizedOperand.Number(context, high) : Extreme(context, ReduceKind.Maximum, normed);
        Value least = Step(context, BinaryKind.Add, minimum, QuantizedOperand.Number(context, separation));
        maximum = Step(context, BinaryKind.Maximum, maximum, least);
        const float asItIs = -1;
        return context.AddAll(new QuantizeTensor(x.Integers.Type, QuantizationScheme.MinFirst, -1, false, false, asItIs), normed, minimum, maximum);
    }

    private static Value Step(ImportContext context, BinaryKind kind, Value a, Value b) => context.AddStep(kind.ToString(), new Binary(kind), a, b);

    private static Value InverseDeviation(ImportContext context, Value variance, float epsilon)
    {
        Value sum = Step(context, BinaryKind.Add, variance, QuantizedOperand.Number(context, epsilon));
        return context.AddStep("inverse_deviation", new Unary(UnaryKind.Rsqrt), sum);
    }

    private static Value Mean(ImportContext context, Value image) =>
        context.AddStep("mean", new Reduce(ReduceKind.Mean, KeepDimensions: true), image, context.Constant(1, 2));

    private static Value Extreme(ImportContext context, ReduceKind kind, Value image) =>
        context.AddStep(kind.ToString(), new Reduce(kind, KeepDimensions: false), image, context.Constant(0, 1, 2, 3));
}
