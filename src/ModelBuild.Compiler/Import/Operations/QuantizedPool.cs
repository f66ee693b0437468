using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports QuantizedMaxPool and QuantizedAvgPool: pools of integers, averages without their fractions, in the range of the input.</summary>
internal static class QuantizedPoolImport
{
    public static IReadOnlyList<Value> Max(ImportContext context) => Import(context, PoolKind.Max);

    public static IReadOnlyList<Value> Average(ImportContext context) => Import(context, PoolKind.Average);

    private static IReadOnlyList<Value> Import(ImportContext context, PoolKind kind)
    {
        QuantizedOperand x = QuantizedOperand.Read(context, 0, 1);
        Layout layout = new(context);
        Pool pool = new(kind, layout.Pair("ksize"), layout.Pair("strides"), layout.Padding());
        Value pooled = context.AddStep("pooled", pool, context.AddStep("float", new Cast(DataType.Float32), x.Integers));
        return (x with { Integers = context.Add(new Cast(x.Integers.Type), pooled) }).Outputs;
    }
}
