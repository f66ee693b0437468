using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Reshape"/>: the same memory, unless the pixels of an image change.</summary>
internal static class ReshapeLowering
{
    public static void Lower(LoweringContext context, Node node, Reshape reshape)
    {
        (Value x, Value output) = (node.Inputs[0], node.Output);
        if (!context.AreImages(x, output))
        {
            context.SetFlat(output, context.Part(context.Flat(x), 0, output.Shape.ToArray()));
            return;
        }
        ImageDraft image = context.Image(x);
        ImageShape shape = ImageShape.Of(output.Shape)!.Value;
        if (image.Shape != shape)
        {
            ImageDraft reshaped = KeptQuantization.NewImage(context, node, shape);
            context.Add(new LayerDraft(nameof(ReshapeInt8), node.Name, "reshape") { Arguments = [("input", image), ("output", reshaped)] });
            image = reshaped;
        }
        KeptQuantization.Finish(context, node, image);
    }
}
