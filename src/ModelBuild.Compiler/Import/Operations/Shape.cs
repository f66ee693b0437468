using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports what asks for shapes. Where they are known they are constants, by the graph's folding.</summary>
internal static class ShapeImport
{
    /// <summary>Shape, and ShapeN of several values.</summary>
    public static IReadOnlyList<Value> Shapes(ImportContext context)
    {
        ShapeOf shape = new(context.Attributes.Type("out_type", DataType.Int32));
        return [.. context.Inputs.Select((input, i) => i == 0 ? context.Add(shape, input) : context.AddStep($"{i}", shape, input))];
    }

    public static Value Size(ImportContext context)
    {
        Value shape = context.ShapeOf(context[0], context.Attributes.Type("out_type", DataType.Int32));
        return context.Add(new Reduce(ReduceKind.Product, false), shape, context.Constant(0));
    }

    public static Value Rank(ImportContext context)
    {
        Value rank = context.ShapeOf(context.ShapeOf(context[0]));
        return context.Add(new Reshape(), rank, context.Constant());
    }
}
