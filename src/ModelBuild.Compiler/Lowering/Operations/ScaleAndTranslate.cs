using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using ScaleAndTranslate = ModelBuild.Compiler.Graph.Operations.ScaleAndTranslate;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="ScaleAndTranslate"/>.</summary>
internal static class ScaleAndTranslateLowering
{
    public static void Lower(LoweringContext context, Node node, ScaleAndTranslate resize)
    {
        float[] scale = LoweringContext.Floats(node, 2, "the scale"), translation = LoweringContext.Floats(node, 3, "the translation");
        string remarks = $"{Phrases.Words(resize.Kernel)} resize to {node.Output.Shape[1]}x{node.Output.Shape[2]}";
        FlatLayers.Map(
            context, node, Kinds.Of(nameof(ScaleAndTranslate<>), node.Inputs[0].Type), remarks, ("kernel", resize.Kernel), ("scale", scale),
            ("translation", translation), ("antialias", resize.Antialias));
    }
}
