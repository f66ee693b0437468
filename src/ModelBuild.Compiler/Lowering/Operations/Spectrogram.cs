using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using Spectrogram = ModelBuild.Compiler.Graph.Operations.Spectrogram;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Spectrogram"/>.</summary>
internal static class SpectrogramLowering
{
    public static void Lower(LoweringContext context, Node node, Spectrogram spectrogram)
    {
        // A complex number an element of the transform, of which the result has half and one.
        int length = 2 * (node.Output.Shape[2] - 1);
        FlatDraft work = context.NewFlat($"{node.Name}/work", DataType.Float64, [2, length]);
        context.Add(new LayerDraft(
            nameof(Kernels.Spectrogram), node.Name, $"spectrogram, windows of {spectrogram.Window}, {Phrases.Step("stride", spectrogram.Stride)}")
        {
            Arguments =
            [
                ("input", context.Flat(node.Inputs[0])), ("output", context.NewFlat(node.Output)), ("work", work),
                ("windowSize", spectrogram.Window), ("stride", spectrogram.Stride), ("squared", spectrogram.Squared),
            ],
        });
    }
}
