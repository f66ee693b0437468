using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using ReverseSequence = ModelBuild.Compiler.Graph.Operations.ReverseSequence;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="ReverseSequence"/>.</summary>
internal static class ReverseSequenceLowering
{
    public static void Lower(LoweringContext context, Node node, ReverseSequence reverse)
    {
        int rank = node.Output.Shape.Rank, time = Inference.Axis(reverse.TimeAxis, rank), batch = Inference.Axis(reverse.BatchAxis, rank);
        string kind = Kinds.Of(nameof(ReverseSequence<,>), node.Output.Type, node.Inputs[1].Type);
        FlatLayers.Add(
            context, node, kind, $"sequences reversed along axis {time}", ["input", "lengths"], ("timeAxis", time), ("batchAxis", batch));
    }
}
