using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Bucketize = ModelBuild.Compiler.Graph.Operations.Bucketize;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Bucketize"/>.</summary>
internal static class BucketizeLowering
{
    public static void Lower(LoweringContext context, Node node, Bucketize bucketize) =>
        context.Add(new LayerDraft(Kinds.Numeric(node.Inputs[0].Type, nameof(Bucketize<>), nameof(Bucketize<>)), node.Name, $"{bucketize.Boundaries.Length} boundaries")
        {
            Arguments = [("input", context.Flat(node.Inputs[0])), ("output", context.NewFlat(node.Output)), ("boundaries", bucketize.Boundaries.ToArray())],
        });
}
