using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using AdjustColor = ModelBuild.Compiler.Graph.Operations.AdjustColor;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="AdjustColor"/>.</summary>
internal static class AdjustColorLowering
{
    public static void Lower(LoweringContext context, Node node, AdjustColor adjust) => FlatLayers.Add(
        context, node, nameof(Kernels.AdjustColor), adjust.Hue ? "hue turned" : "saturation scaled", ["input", "amount"], ("hue", adjust.Hue));
}
