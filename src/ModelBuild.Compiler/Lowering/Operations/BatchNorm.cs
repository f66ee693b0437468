using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;
using ModelBuild.Kernels;
using BatchNorm = ModelBuild.Compiler.Graph.Operations.BatchNorm;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="BatchNorm"/>: a factor and an addend a channel.</summary>
internal static class BatchNormLowering
{
    public static void Lower(LoweringContext context, Node node, BatchNorm norm)
    {
        FlatDraft input = FloatConvolution.Floats(context, node, 0), output = context.NewFlat(node.Output);
        FlatDraft product = context.NewFlat($"{node.Name}/product", DataType.Float32, output.Shape);
        (FlatDraft factor, FlatDraft addend) = node.Inputs.Skip(1).All(statistic => statistic.Constant is not null)
            ? Constants(context, node, norm)
            : Computed(context, node, norm);
        Add(context, node, "multiply", BinaryFunction.Multiply, input, factor, product);
        Add(context, node, "add", BinaryFunction.Add, product, addend, output);
    }

    private static (FlatDraft Factor, FlatDraft Addend) Constants(LoweringContext context, Node node, BatchNorm norm)
    {
        Tensor[] statistics = [.. node.Inputs.Skip(1).Select(input => input.Constant!)];
        (float[] factor, float[] addend) = BatchNormReference.Affine(norm, statistics[0], statistics[1], statistics[2], statistics[3]);
        return (Constant("factor", factor), Constant("addend", addend));

        FlatDraft Constant(string name, float[] values) =>
            context.Constant($"{node.Name}/{name}", Tensor.Of(Shape.Of(values.Length), values));
    }

    /// <summary>factor = scale / sqrt(variance + epsilon), addend = offset - mean * factor, in the call.</summary>
    private static (FlatDraft Factor, FlatDraft Addend) Computed(LoweringContext context, Node node, BatchNorm norm)
    {
        FlatDraft[] statistics = [.. Enumerable.Range(1, 4).Select(i => FloatConvolution.Floats(context, node, i))];
        FlatDraft epsilon = context.Constant($"{node.Name}/epsilon", Tensor.Of(Shape.Scalar, [norm.Epsilon]));
        FlatDraft variance = New("variance"), root = New("root"), factor = New("factor"), shift = New("shift"), addend = New("addend");
        Add(context, node, "variance", BinaryFunction.Add, statistics[3], epsilon, variance);
        context.Add(new LayerDraft(nameof(UnaryFloat), root.Name, "batch normalisation")
        {
            Arguments = [("input", variance), ("output", root), ("function", nameof(FloatFunction.Rsqrt))],
        });
        Add(context, node, "factor", BinaryFunction.Multiply, statistics[0], root, factor);
        Add(context, node, "shift", BinaryFunction.Multiply, statistics[2], factor, shift);
        Add(context, node, "addend", BinaryFunction.Subtract, statistics[1], shift, addend);
        return (factor, addend);

        FlatDraft New(string name) => context.NewFlat($"{node.Name}/{name}", DataType.Float32, statistics[0].Shape);
    }

    private static void Add(
        LoweringContext context, Node node, string name, BinaryFunction function, FlatDraft left, FlatDraft right, FlatDraft output) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(BinaryFloating<>), DataType.Float32), $"{node.Name}/{name}", "batch normalisation")
        {
            Arguments = [("left", left), ("right", right), ("output", output), ("function", function.ToString())],
        });
}
