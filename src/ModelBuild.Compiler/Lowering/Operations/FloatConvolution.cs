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
        string remarks = Phrases.Of(shape, clamp);
        Lower(context, node, nameof(ConvolutionFloat), remarks, shape.MultiplyAdds(), [.. Arguments(context, node, shape), ("groups", shape.Groups), .. Limits(clamp)]);
    }

    public static void LowerDepthwise(LoweringContext context, Node node, ConvolutionShape shape, Clamp clamp)
    {
        string remarks = Phrases.Of(shape, clamp);
        Lower(context, node, nameof(DepthwiseFloat), remarks, shape.MultiplyAdds(), [.. Arguments(context, node, shape), .. Limits(clamp)]);
    }

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
    public static PlanTensor Weights(LoweringContext context, Node node)
    {
        Value weights = node.Inputs[1];
        return weights.Constant is { } constant
            ? context.Blob.Add(weights.Name, constant)
            : throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
                $"its weights ({weights.Name}) depend on the model's input, and its kernel takes constants. Freeze the model, or set Inputs or Outputs so that the node is left out.");
    }

    /// <summary>The bias of a node, or an empty array.</summary>
    public static object Bias(LoweringContext context, Node node) =>
        node.Inputs.Length < 3 ? Array.Empty<float>() : context.Blob.Add(node.Inputs[2].Name, Constant(node.Inputs[2]));

    private static Tensor Constant(Value bias) => bias.Constant ?? throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
        $"its bias ({bias.Name}) depends on the model's input, and its kernel takes a constant. Freeze the model, or set Inputs or Outputs so that the node is left out.");

    private static void Lower(
        LoweringContext context, Node node, string kind, string remarks, long multiplyAdds, (string Name, object Value)[] arguments)
    {
        Batches.Lower(context, Floats(context, node, 0), context.NewFlat(node.Output), (input, output) => new LayerDraft(kind, node.Name, remarks)
        {
            Arguments = [("input", input), ("output", output), .. arguments], MultiplyAdds = multiplyAdds,
        });
    }

    private static (string, object)[] Arguments(LoweringContext context, Node node, ConvolutionShape shape) =>
    [
        ("weights", Weights(context, node)), ("bias", Bias(context, node)),
        .. shape.WindowArguments(),
    ];

    private static (string, object)[] Limits(Clamp clamp) => [("minimum", clamp.Minimum), ("maximum", clamp.Maximum)];
}
