using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports QuantizeAndDequantize in its four versions; where no range is given it is that of the elements.</summary>
internal static class QuantizeAndDequantizeImport
{
    private const int DefaultBits = 8;

    /// <summary>The first version: the range is an attribute.</summary>
    public static Value Arguments(ImportContext context)
    {
        Value minimum = Number(context, "input_min"), maximum = Number(context, "input_max");
        return Import(context, context.Attributes.Integer("num_bits", DefaultBits), minimum, maximum);
    }

    /// <summary>Versions 2 and 4: x, minimum, maximum.</summary>
    public static Value Variables(ImportContext context) =>
        Import(context, context.Attributes.Integer("num_bits", DefaultBits), context[1], context[2]);

    /// <summary>Version 3: x, minimum, maximum, bits.</summary>
    public static Value VariableBits(ImportContext context)
    {
        int bits = Inference.Integer(Value.Of("the number of bits", context.RequireConstant(3, "the number of bits")))!.Value;
        return Import(context, bits, context[1], context[2]);
    }

    private static Value Import(ImportContext context, int bits, Value minimum, Value maximum)
    {
        bool isSigned = context.Attributes.Boolean("signed_input", true), narrowRange = context.Attributes.Boolean("narrow_range", false);
        bool halfToEven = context.Attributes.Text("round_mode", "HALF_TO_EVEN") switch
        {
            "HALF_TO_EVEN" => true,
            "HALF_UP" => false,
            var mode => throw context.Unsupported($"the round_mode {mode} is not known."),
        };
        int axis = context.Attributes.Integer("axis", -1);
        bool isGiven = context.Attributes.Boolean("range_given", false);
        if (!isGiven) (minimum, maximum) = (Extreme(context, ReduceKind.Minimum, axis), Extreme(context, ReduceKind.Maximum, axis));
        return context.Add(new QuantizeAndDequantize(bits, isSigned, narrowRange, isGiven, halfToEven, axis), context[0], minimum, maximum);
    }

    private static Value Extreme(ImportContext context, ReduceKind kind, int axis)
    {
        Shape x = context[0].Shape;
        if (!x.HasRank) throw context.Unsupported("the rank of the input is not known.");
        int[] axes = [.. Enumerable.Range(0, x.Rank).Where(other => other != axis)];
        return context.AddStep(kind.ToString(), new Reduce(kind, KeepDimensions: false), context[0], context.Constant(axes));
    }

    private static Value Number(ImportContext context, string attribute) => context.AddStep(
        attribute, new Cast(context[0].Type), context.Constant(Tensor.Of(Shape.Scalar, new[] { context.Attributes.Float(attribute, 0) })));
}
