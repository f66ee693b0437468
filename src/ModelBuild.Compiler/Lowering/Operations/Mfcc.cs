using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using Mfcc = ModelBuild.Compiler.Graph.Operations.Mfcc;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Mfcc"/>.</summary>
internal static class MfccLowering
{
    public static void Lower(LoweringContext context, Node node, Mfcc mfcc)
    {
        FlatDraft input = context.Flat(node.Inputs[0]), sampleRate = context.Flat(node.Inputs[1]);
        int bins = input.Shape[^1];
        context.Add(new LayerDraft(nameof(Kernels.Mfcc), node.Name, $"{mfcc.Coefficients} cepstral coefficients of {mfcc.Filters} mel bands")
        {
            Arguments =
            [
                ("input", input), ("sampleRate", sampleRate), ("output", context.NewFlat(node.Output)),
                ("bands", context.NewFlat($"{node.Name}/bands", DataType.Int32, [bins])),
                ("work", context.NewFlat($"{node.Name}/work", DataType.Float64, [bins + mfcc.Filters])), ("filters", mfcc.Filters),
                ("lowest", mfcc.Lowest), ("highest", mfcc.Highest),
            ],
        });
    }
}
