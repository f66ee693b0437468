using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Bucketize = ModelBuild.Compiler.Graph.Operations.Bucketize;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Bucketize"/>.</summary>
internal static class BucketizeLowering
{
    public static void Lower(LoweringContext context, Node node, Bucketize bucketize)
    {
        string kind = Kinds.Numeric(node.Inputs[0].Type, nameof(Bucketize<>), nameof(Bucketize<>));
        float[] boundaries = [.. bucketize.Boundaries];
        FlatLayers.Map(context, node, kind, $"{boundaries.Length} boundaries", ("boundaries", boundaries));
    }
}
