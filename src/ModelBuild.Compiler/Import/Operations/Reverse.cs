using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports ReverseV2 (axes), Reverse of TensorFlow 0 (a truth value a dimension) and ReverseSequence.</summary>
internal static class ReverseImport
{
    public static Value Axes(ImportContext context) => context.Add(new Reverse(), context[0], context[1]);

    public static Value Dimensions(ImportContext context)
    {
        Tensor dimensions = context.RequireConstant(1, "what is reversed");
        Inference.Require(dimensions.Type == DataType.Bool, $"truth values are needed, but there are {dimensions}.");
        int[] axes = [.. Enumerable.Range(0, dimensions.Count).Where(axis => dimensions.Elements<bool>()[axis])];
        return context.Add(new Reverse(), context[0], context.Constant(axes));
    }

    public static Value Sequence(ImportContext context)
    {
        ReverseSequence reverse = new(context.Attributes.Integer("seq_dim", 0), context.Attributes.Integer("batch_dim", 0));
        return context.Add(reverse, context[0], context[1]);
    }
}
