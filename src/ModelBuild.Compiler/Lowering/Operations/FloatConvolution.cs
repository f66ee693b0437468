using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Convolutions and depthwise convolutions in float, a layer an image.</summary>
internal static class FloatConvolution
{
    public static void Lower(LoweringContext context, Node node, ConvolutionShape shape, Clamp clamp)
    {
        (string, object)[] arguments = [.. Arguments(context, node, shape), ("groups", shape.Groups), .. Limits(clamp)];
        Lower(context, node, nameof(ConvolutionFloat), Phrases.Of(shape, clamp), shape.MultiplyAdds(), arguments);
    }

    public static void LowerDepthwise(LoweringContext context, Node node, ConvolutionShape shape, Clamp clamp)
    {
        (string, object)[] arguments = [.. Arguments(context, node, shape), .. Limits(clamp)];
        Lower(context, node, nameof(DepthwiseFloat), Phrases.Of(shape, clamp), shape.MultiplyAdds(), arguments);
    }

    /// <summary>Its kernels take the node: floats, weights and bias that are constants, and an image that is not empty.</summary>
    public static bool Takes(Node node) => node.Inputs[0].Type == DataType.Float32
        && node.Inputs.Skip(1).All(weights => weights.Constant is not null)
        && node.Inputs[0].Shape.Count > 0 && node.Output.Shape.Count > 0;

    /// <summary>An input as floats.</summary>
    /// <exception cref="ModelBuildException">It has another type.</exception>
    public static FlatDraft Floats(LoweringContext context, Node node, int input)
    {
        Value value = node.Inputs[input];
        return value.Type == DataType.Float32 ? context.Flat(value) : throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
            $"its input {value.Name} is {value.Type}, but the kernel takes float32. Convert the model to float32 before freezing it.");
    }

    /// <summary>The weights of a node in TensorFlow's order.</summary>
    /// <exception cref="ModelBuildException">They are no constants.</exception>
    public static PlanTensor Weights(LoweringContext context, Node node) =>
        StoredWeights.Floats(context, node, Constant(node.Inputs[1], "weights"));

    /// <summary>The bias of a node, or an empty array.</summary>
    /// <exception cref="ModelBuildException">It is no constant.</exception>
    public static object Bias(LoweringContext context, Node node)
    {
        if (context.Weights(node)?.Bias is { } bias) return context.Blob.Add(bias, bias.Length);
        return node.Inputs.Length < 3 ? Array.Empty<float>() : context.Blob.Add(node.Inputs[2].Name, Constant(node.Inputs[2], "bias"));
    }

    private static Tensor Constant(Value value, string what) => value.Constant ?? throw new ModelBuildException(
        DiagnosticCode.UnsupportedOperations,
        $"its {what} ({value.Name}) depends on the model's input, and its kernel takes constants. "
        + "Freeze the model, or set Inputs or Outputs so that the node is left out.");

    private static void Lower(
        LoweringContext context, Node node, string kind, string remarks, long multiplyAdds, (string Name, object Value)[] arguments)
    {
        FlatDraft images = Floats(context, node, 0);
        Batches.Lower(context, images, context.NewFlat(node.Output), (input, output) => new LayerDraft(kind, node.Name, remarks)
        {
            Arguments = [("input", input), ("output", output), .. arguments], MultiplyAdds = multiplyAdds,
        });
    }

    private static (string, object)[] Arguments(LoweringContext context, Node node, ConvolutionShape shape) =>
    [
        ("weights", Weights(context, node)), ("bias", Bias(context, node)), .. shape.WindowArguments(),
    ];

    private static (string, object)[] Limits(Clamp clamp) => [("minimum", clamp.Minimum), ("maximum", clamp.Maximum)];
}
