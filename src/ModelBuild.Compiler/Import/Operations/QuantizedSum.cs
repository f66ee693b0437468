using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports QuantizedAdd and QuantizedBiasAdd: both operands in a range that sums of any cannot leave.</summary>
internal static class QuantizedSumImport
{
    // The common range is wider than the operands' by this, which leaves 17 or 14 bits of a 32-bit integer below the greatest operand.
    private const float AddHeadroom = 1 << 14, BiasAddHeadroom = 1 << 17;

    /// <summary>QuantizedAdd, which rounds the step of an operand to whole steps of the common range, and not each of its elements.</summary>
    public static IReadOnlyList<Value> Add(ImportContext context) => Import(context, AddHeadroom, (operand, minimum, maximum) =>
    {
        Value At(int integer) =>
            InRange(context, operand with { Integers = Integer(context, operand.Integers.Type, integer) }, minimum, maximum);
        Value first = At(0);
        Value step = context.AddStep("wide_step", new Binary(BinaryKind.Subtract), At(1), first);
        Value wide = context.AddStep("int32", new Cast(DataType.QInt32), operand.Integers);
        Value scaled = context.AddStep("scaled", new Binary(BinaryKind.Multiply), wide, step);
        return context.AddStep("wide", new Binary(BinaryKind.Add), scaled, first);
    });

    public static IReadOnlyList<Value> BiasAdd(ImportContext context) =>
        Import(context, BiasAddHeadroom, (operand, minimum, maximum) => InRange(context, operand, minimum, maximum));

    private static IReadOnlyList<Value> Import(ImportContext context, float headroom, Func<QuantizedOperand, Value, Value, Value> widen)
    {
        context.Attributes.Ignore("Toutput", "out_type");
        (QuantizedOperand a, QuantizedOperand b) = (QuantizedOperand.Read(context, 0, 2), QuantizedOperand.Read(context, 1, 4));
        Value greatest = context.AddStep("greatest", new Binary(BinaryKind.Maximum), Magnitude(context, a), Magnitude(context, b));
        Value maximum = context.AddStep("maximum", new Binary(BinaryKind.Multiply), greatest, QuantizedOperand.Number(context, headroom));
        Value minimum = context.AddStep("minimum", new Unary(UnaryKind.Negate), maximum);
        return [context.Add(new Binary(BinaryKind.Add), widen(a, minimum, maximum), widen(b, minimum, maximum)), minimum, maximum];
    }

    private static Value InRange(ImportContext context, QuantizedOperand operand, Value minimum, Value maximum) =>
        context.AddStep("wide", new QuantizeInRange(DataType.QInt32), operand.Real(context), minimum, maximum);

    private static Value Integer(ImportContext context, DataType type, int integer) =>
        context.AddStep("integer", new Cast(type), context.Constant(Tensor.Of(Shape.Scalar, new[] { integer })));

    private static Value Magnitude(ImportContext context, QuantizedOperand operand)
    {
        Value below = context.AddStep("below", new Unary(UnaryKind.Negate), operand.Minimum);
        return context.AddStep("magnitude", new Binary(BinaryKind.Maximum), operand.Maximum, below);
    }
}
