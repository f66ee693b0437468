using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using BroadcastTo = ModelBuild.Compiler.Graph.Operations.BroadcastTo;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="BroadcastTo"/>.</summary>
internal static class BroadcastToLowering
{
    public static void Lower(LoweringContext context, Node node, BroadcastTo broadcast)
    {
        FlatDraft input = context.Flat(node.Inputs[0]);
        if (input.Length == node.Output.Shape.Count) context.SetFlat(node.Output, context.Part(input, 0, node.Output.Shape.ToArray()));
        else FlatLayers.Map(context, node, Kinds.Of(nameof(BroadcastTo<>), input.Type), $"repeated to {node.Output.Shape}");
    }
}
