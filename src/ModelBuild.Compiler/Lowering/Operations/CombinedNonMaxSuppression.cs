using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using CombinedNonMaxSuppression = ModelBuild.Compiler.Graph.Operations.CombinedNonMaxSuppression;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="CombinedNonMaxSuppression"/>.</summary>
internal static class CombinedNonMaxSuppressionLowering
{
    public static void Lower(LoweringContext context, Node node, CombinedNonMaxSuppression suppression)
    {
        int count = node.Inputs[1].Shape[1], classes = node.Inputs[1].Shape[2];
        int classMost = LoweringContext.Integers(node, 2, "the most boxes of a class")[0];
        int floats = Kernels.CombinedNonMaxSuppression.Floats(count, classes, classMost);
        int integers = Kernels.CombinedNonMaxSuppression.Integers(count, classes, classMost);
        string remarks = $"suppression of overlapping boxes of {count} in {classes} classes";
        context.Add(new LayerDraft(nameof(Kernels.CombinedNonMaxSuppression), node.Name, remarks)
        {
            Arguments =
            [
                ("boxes", context.Flat(node.Inputs[0])), ("scores", context.Flat(node.Inputs[1])),
                ("outputBoxes", context.NewFlat(node.Outputs[0])), ("outputScores", context.NewFlat(node.Outputs[1])),
                ("outputClasses", context.NewFlat(node.Outputs[2])), ("counts", context.NewFlat(node.Outputs[3])),
                ("floats", context.NewFlat($"{node.Name}/floats", DataType.Float32, [floats])),
                ("integers", context.NewFlat($"{node.Name}/integers", DataType.Int32, [integers])), ("classMost", classMost),
                ("overlapThreshold", LoweringContext.Floats(node, 4, "the overlap threshold")[0]),
                ("scoreThreshold", LoweringContext.Floats(node, 5, "the score threshold")[0]), ("clip", suppression.Clip),
            ],
        });
    }
}
