using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports QuantizedRelu, QuantizedRelu6 and QuantizedReluX: limits the integers, and keeps their range.</summary>
internal static class QuantizedActivationImport
{
    public static IReadOnlyList<Value> Relu(ImportContext context) => Import(context, QuantizedOperand.Read(context, 0, 1), null);

    public static IReadOnlyList<Value> Relu6(ImportContext context) =>
        Import(context, QuantizedOperand.Read(context, 0, 1), QuantizedOperand.Number(context, 6));

    /// <summary>The upper limit is an input.</summary>
    public static IReadOnlyList<Value> ReluX(ImportContext context) =>
        Import(context, QuantizedOperand.Read(context, 0, 2), QuantizedOperand.Scalar(context, 1));

    private static IReadOnlyList<Value> Import(ImportContext context, QuantizedOperand x, Value? limit)
    {
        context.Attributes.Ignore("Tinput", "out_type");
        Value zero = x.Integer(context, QuantizedOperand.Number(context, 0));
        Value rectified = context.AddStep("rectified", new Binary(BinaryKind.Maximum), x.Integers, zero);
        Value limited = limit is null ? rectified : context.Add(new Binary(BinaryKind.Minimum), rectified, x.Integer(context, limit));
        return (x with { Integers = limited }).Outputs;
    }
}
