using System.Collections.Immutable;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering;

/// <summary>bfloat16 for operations on numbers: it only stores, so their layers get float32 and what they give is cast back.</summary>
internal static class WideningLowering
{
    /// <summary>Lowers a node whose kernels do not take bfloat16.</summary>
    public static void Lower(LoweringContext context, Node node, Action<LoweringContext, Node> lower)
    {
        if (node.Inputs.All(input => input.Type != DataType.BFloat16))
        {
            lower(context, node);
            return;
        }
        ImmutableArray<Value> outputs = [.. node.Outputs.Select(output => output.Type == DataType.BFloat16 ? Wide(output) : output)];
        lower(context, new Node(node.Name, node.Operation, [.. node.Inputs.Select(input => Widen(context, input))], outputs));
        for (int i = 0; i < outputs.Length; i++)
            if (outputs[i] != node.Outputs[i]) Cast(context, context.Flat(outputs[i]), context.NewFlat(node.Outputs[i]));
    }

    private static Value Wide(Value value) => new($"{value.Name}/float", DataType.Float32, value.Shape);

    private static Value Widen(LoweringContext context, Value input)
    {
        if (input.Type != DataType.BFloat16) return input;
        if (input.Constant is { } constant)
            return Value.Of(input.Name, ReferenceOperations.Run(new Graph.Operations.Cast(DataType.Float32), [constant])[0]);
        Value wide = Wide(input);
        Cast(context, context.Flat(input), context.NewFlat(wide));
        return wide;
    }

    private static void Cast(LoweringContext context, FlatDraft from, FlatDraft to) => context.Add(CastLayer(from, to));

    /// <summary>The layer that converts elements.</summary>
    public static LayerDraft CastLayer(FlatDraft from, FlatDraft to) =>
        new(Operations.Kinds.Of(nameof(Cast<,>), from.Type, to.Type), $"{to.Name}/Cast", $"to {PlanTypes.Name(to.Type)}")
        {
            Arguments = [("input", from), ("output", to)],
        };
}
