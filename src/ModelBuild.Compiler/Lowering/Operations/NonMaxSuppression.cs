using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using NonMaxSuppression = ModelBuild.Compiler.Graph.Operations.NonMaxSuppression;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="NonMaxSuppression"/> with as many results as are asked for at most.</summary>
internal static class NonMaxSuppressionLowering
{
    public static void Lower(LoweringContext context, Node node, NonMaxSuppression suppression)
    {
        if (suppression.Overlaps) throw Kinds.Unsupported("for boxes of which only the overlaps are known");
        FlatDraft scores = context.Flat(node.Inputs[1]);
        FlatDraft lowered = context.NewFlat($"{node.Name}/scores", scores.Type, scores.Shape);
        FlatDraft work = context.NewFlat($"{node.Name}/work", DataType.Int32, [2, scores.Length]);
        context.Add(new LayerDraft(nameof(Kernels.NonMaxSuppression), node.Name, $"suppression of overlapping boxes of {scores.Length}")
        {
            Arguments =
            [
                ("boxes", context.Flat(node.Inputs[0])), ("scores", scores), ("selected", context.NewFlat(node.Outputs[0])),
                ("selectedScores", context.NewFlat(node.Outputs[1])), ("count", context.NewFlat(node.Outputs[2])),
                ("loweredScores", lowered), ("work", work),
                ("overlapThreshold", LoweringContext.Floats(node, 3, "the overlap threshold")[0]),
                ("scoreThreshold", LoweringContext.Floats(node, 4, "the score threshold")[0]),
                ("sigma", LoweringContext.Floats(node, 5, "the sigma")[0]),
            ],
        });
    }
}
