using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Requantize, RequantizationRange and QuantizeDownAndShrinkRange: 32-bit integers in the range that they use.</summary>
internal static class RequantizeImport
{
    public static IReadOnlyList<Value> Import(ImportContext context) =>
        Into(context, QuantizedOperand.Read(context, 0, 1), QuantizedOperand.Scalar(context, 3), QuantizedOperand.Scalar(context, 4));

    public static IReadOnlyList<Value> Range(ImportContext context)
    {
        context.Attributes.Ignore("Tinput");
        (Value minimum, Value maximum) = UsedRange(context, QuantizedOperand.Read(context, 0, 1));
        return [minimum, maximum];
    }

    public static IReadOnlyList<Value> Shrink(ImportContext context)
    {
        QuantizedOperand x = QuantizedOperand.Read(context, 0, 1);
        (Value minimum, Value maximum) = UsedRange(context, x);
        return Into(context, x, minimum, maximum);
    }

    private static IReadOnlyList<Value> Into(ImportContext context, QuantizedOperand x, Value minimum, Value maximum)
    {
        context.Attributes.Ignore("Tinput");
        DataType type = context.Attributes.Type("out_type", DataType.QUInt8);
        return [context.Add(new RequantizeTensor(type), x.Integers, x.Minimum, x.Maximum, minimum, maximum), minimum, maximum];
    }

    /// <summary>The real numbers of the least and the greatest integer, the least not above 0.</summary>
    private static (Value Minimum, Value Maximum) UsedRange(ImportContext context, QuantizedOperand x)
    {
        Value flat = context.AddStep("flat", new Reshape(), x.Integers, context.Constant(-1));
        Value Extreme(ReduceKind kind)
        {
            Value integer = context.AddStep(kind.ToString(), new Reduce(kind, KeepDimensions: false), flat, context.Constant(0));
            return (x with { Integers = integer }).Real(context);
        }
        Value least = context.AddStep("least", new Binary(BinaryKind.Minimum), Extreme(ReduceKind.Minimum), QuantizedOperand.Number(context, 0));
        return (least, Extreme(ReduceKind.Maximum));
    }
}
