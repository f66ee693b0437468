using System.Collections.Immutable;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering.Operations;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Narrow floating-point types for layers that do not take them: they get float32, and what they give is cast back.</summary>
internal static class WideningLowering
{
    /// <summary>Lowers a node.</summary>
    /// <param name="context">The plan.</param>
    /// <param name="node">The node.</param>
    /// <param name="lower">Lowers it for float32.</param>
    /// <param name="types">What its layers do not take: bfloat16, which only stores, and where sums would lose too much half.</param>
    public static void Lower(LoweringContext context, Node node, Action<LoweringContext, Node> lower, params ReadOnlySpan<DataType> types)
    {
        Value[] inputs = [.. node.Inputs];
        foreach (ref Value input in inputs.AsSpan())
            if (types.Contains(input.Type)) input = Widen(context, input);
        if (inputs.SequenceEqual(node.Inputs))
        {
            lower(context, node);
            return;
        }
        IReadOnlyList<(DataType Type, Shape Shape)> inferred = node.Operation.Infer(inputs);
        ImmutableArray<Value> outputs = [.. node.Outputs.Select((output, i) => output.Type == inferred[i].Type ? output : Wide(output))];
        lower(context, new Node(node.Name, node.Operation, [.. inputs], outputs));
        for (int i = 0; i < outputs.Length; i++)
            if (outputs[i] != node.Outputs[i]) context.Add(CastLayer(context.Flat(outputs[i]), context.NewFlat(node.Outputs[i])));
    }

    /// <summary>The layer that converts elements.</summary>
    public static LayerDraft CastLayer(FlatDraft from, FlatDraft to) =>
        new(Kinds.Of(nameof(Cast<,>), from.Type, to.Type), $"{to.Name}/Cast", $"to {PlanTypes.Name(to.Type)}")
        {
            Arguments = [("input", from), ("output", to)],
        };

    private static Value Wide(Value value) => new($"{value.Name}/float", DataType.Float32, value.Shape);

    private static Value Widen(LoweringContext context, Value input)
    {
        if (input.Constant is { } constant)
            return Value.Of(input.Name, ReferenceOperations.Run(new Graph.Operations.Cast(DataType.Float32), [constant])[0]);
        Value wide = Wide(input);
        context.Add(CastLayer(context.Flat(input), context.NewFlat(wide)));
        return wide;
    }
}
