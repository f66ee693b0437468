using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>
/// An operand of TensorFlow's eight-bit operations: integers with the range that they stand for. These operations are imported as
/// steps that compute the same: with floats where these hold the integers exactly, else by way of the real numbers.
/// </summary>
/// <param name="Integers">Of a quantised type.</param>
/// <param name="Minimum">The real number of the lowest integer, a scalar.</param>
/// <param name="Maximum">The real number of the highest.</param>
internal sealed record QuantizedOperand(Value Integers, Value Minimum, Value Maximum)
{
    /// <summary>The operand whose integers and range stand at these inputs of a node.</summary>
    public static QuantizedOperand Read(ImportContext context, int integers, int minimum) =>
        new(context[integers], Scalar(context, minimum), Scalar(context, minimum + 1));

    /// <summary>An input that holds a single number, as a scalar.</summary>
    public static Value Scalar(ImportContext context, int index) => context[index] is { Shape: { HasRank: true, Rank: 0 } } scalar ? scalar
        : context.AddStep("scalar", new Reshape(), context[index], context.Constant());

    /// <summary>A float32 scalar.</summary>
    public static Value Number(ImportContext context, float number) => context.Constant(Tensor.Of(Shape.Scalar, new[] { number }));

    /// <summary>The outputs of the eight-bit operations: integers and their range.</summary>
    public IReadOnlyList<Value> Outputs => [Integers, Minimum, Maximum];

    /// <summary>The real numbers, as floats.</summary>
    public Value Real(ImportContext context) =>
        context.AddStep("real", new DequantizeTensor(QuantizationScheme.MinFirst, -1, false), Integers, Minimum, Maximum);

    /// <summary>The integers less the one for 0, as floats.</summary>
    public Value Centered(ImportContext context) => context.AddStep("centered", new SubtractZeroPoint(), Integers, Minimum, Maximum);

    /// <summary>The integer of a real number in this range.</summary>
    public Value Integer(ImportContext context, Value real) => context.AddStep("limit", new QuantizeInRange(Integers.Type), real, Minimum, Maximum);

    /// <summary>The real numbers between neighbouring integers.</summary>
    public Value Step(ImportContext context)
    {
        Value width = context.AddStep("width", new Binary(BinaryKind.Subtract), Maximum, Minimum);
        double steps = Math.ScaleB(1, Integers.Type.Bytes * 8) - 1;
        return context.AddStep("step", new Binary(BinaryKind.Divide), width, Number(context, (float)steps));
    }
}
