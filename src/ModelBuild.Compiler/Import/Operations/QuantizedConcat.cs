using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports QuantizedConcat: the parts in a common range.</summary>
internal static class QuantizedConcatImport
{
    /// <summary>QuantizedConcat: axis, parts, their minima, their maxima.</summary>
    public static IReadOnlyList<Value> AxisFirst(ImportContext context) => Import(context, 0, 1);

    /// <summary>QuantizedConcatV2: parts, axis, minima, maxima.</summary>
    public static IReadOnlyList<Value> AxisBetween(ImportContext context) => Import(context, (context.Inputs.Count - 1) / 3, 0);

    private static IReadOnlyList<Value> Import(ImportContext context, int axisInput, int first)
    {
        int count = (context.Inputs.Count - 1) / 3, ranges = count + 1;
        int axis = Inference.Integer(Value.Of("the axis", context.RequireConstant(axisInput, "the axis")))!.Value;
        QuantizedOperand[] parts = [.. Enumerable.Range(0, count).Select(i => new QuantizedOperand(
            context[first + i], QuantizedOperand.Scalar(context, ranges + i), QuantizedOperand.Scalar(context, ranges + count + i)))];
        Value minimum = Extreme(context, BinaryKind.Minimum, parts.Select(part => part.Minimum));
        Value maximum = Extreme(context, BinaryKind.Maximum, parts.Select(part => part.Maximum));
        IEnumerable<Value> integers = parts.Select(part =>
            context.AddStep("common", new QuantizeInRange(part.Integers.Type), part.Real(context), minimum, maximum));
        return [context.Add(new Concat(axis), [.. integers]), minimum, maximum];
    }

    private static Value Extreme(ImportContext context, BinaryKind kind, IEnumerable<Value> values) =>
        values.Aggregate((left, right) => context.AddStep(kind.ToString(), new Binary(kind), left, right));
}
