using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports QuantizeV2 and Dequantize.</summary>
internal static class QuantizeTensorImport
{
    private const float DefaultLeastRange = 0.01f;

    public static IReadOnlyList<Value> Quantize(ImportContext context)
    {
        DataType type = context.Attributes.Type("T", DataType.QUInt8);
        QuantizationScheme scheme = Scheme(context);
        int axis = context.Attributes.Integer("axis", -1);
        bool halfToEven = context.Attributes.Text("round_mode", "HALF_AWAY_FROM_ZERO") switch
        {
            "HALF_AWAY_FROM_ZERO" => false,
            "HALF_TO_EVEN" => true,
            var mode => throw context.Unsupported($"the round_mode {mode} is not known."),
        };
        bool narrowRange = context.Attributes.Boolean("narrow_range", false);
        float leastRange = context.Attributes.Float("ensure_minimum_range", DefaultLeastRange);
        QuantizeTensor quantize = new(type, scheme, axis, halfToEven, narrowRange, leastRange);
        return context.AddAll(quantize, context[0], Range(context, 1, axis), Range(context, 2, axis));
    }

    public static Value Dequantize(ImportContext context)
    {
        int axis = context.Attributes.Integer("axis", -1);
        DequantizeTensor dequantize = new(Scheme(context), axis, context.Attributes.Boolean("narrow_range", false));
        Value[] operands = [context[0], Range(context, 1, axis), Range(context, 2, axis)];
        // The type is an attribute that cannot be told from the inputs: float32, or bfloat16 of the same numbers rounded.
        return context.Attributes.Type("dtype", DataType.Float32) == DataType.BFloat16
            ? context.Add(new Cast(DataType.BFloat16), context.AddStep("real", dequantize, operands)) : context.Add(dequantize, operands);
    }

    /// <summary>One end of the range, without dimensions where there is a single one.</summary>
    private static Value Range(ImportContext context, int index, int axis)
    {
        bool isSingle = axis < 0 || (context[0].Shape is { HasRank: true } x && axis < x.Rank && x[axis] == 1);
        return isSingle ? QuantizedOperand.Scalar(context, index) : context[index];
    }

    private static QuantizationScheme Scheme(ImportContext context) => context.Attributes.Text("mode", "MIN_COMBINED") switch
    {
        "MIN_COMBINED" => QuantizationScheme.MinCombined,
        "MIN_FIRST" => QuantizationScheme.MinFirst,
        "SCALED" => QuantizationScheme.Scaled,
        var mode => throw context.Unsupported($"the mode {mode} is not known."),
    };
}
