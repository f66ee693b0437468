using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Reference.Operations;
using ModelBuild.Kernels;
using BatchNorm = ModelBuild.Compiler.Graph.Operations.BatchNorm;
using Cast = ModelBuild.Compiler.Graph.Operations.Cast;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="BatchNorm"/>: a factor and an addend a channel.</summary>
internal static class BatchNormLowering
{
    private const string Remarks = "batch normalisation";

    public static void Lower(LoweringContext context, Node node, BatchNorm norm)
    {
        bool isKnown = node.Inputs[0].Type == DataType.Float32 && node.Inputs.Skip(1).All(statistic => statistic.Constant is not null);
        if (isKnown) LowerKnown(context, node, norm);
        else LowerComputed(context, node, norm);
    }

    private static void LowerKnown(LoweringContext context, Node node, BatchNorm norm)
    {
        Tensor[] statistics = [.. node.Inputs.Skip(1).Select(input => input.Constant!)];
        (float[] factor, float[] addend) = BatchNormReference.Affine(norm, statistics[0], statistics[1], statistics[2], statistics[3]);
        FlatDraft product = New(context, node, "product", node.Output.Shape.ToArray());
        Add(context, node, "multiply", BinaryFunction.Multiply, context.Flat(node.Inputs[0]), Constant("factor", factor), product);
        Add(context, node, "add", BinaryFunction.Add, product, Constant("addend", addend), context.NewFlat(node.Output));

        FlatDraft Constant(string name, float[] values) =>
            context.Constant($"{node.Name}/{name}", Tensor.Of(Shape.Of(values.Length), values));
    }

    /// <summary>(x - mean) * factor + offset, factor = scale / sqrt(variance + epsilon); a large mean costs no digits this way.</summary>
    private static void LowerComputed(LoweringContext context, Node node, BatchNorm norm)
    {
        FlatDraft[] inputs = [.. node.Inputs.Select(context.Flat)];
        (FlatDraft x, FlatDraft scale, FlatDraft offset, FlatDraft mean, FlatDraft variance) =
            (inputs[0], inputs[1], inputs[2], inputs[3], inputs[4]);
        FlatDraft sum = New(context, node, "variance", scale.Shape), root = New(context, node, "root", scale.Shape);
        FlatDraft factor = New(context, node, "factor", scale.Shape);
        FlatDraft centred = New(context, node, "centred", x.Shape), scaled = New(context, node, "scaled", x.Shape);
        Add(context, node, "variance", BinaryFunction.Add, variance, Epsilon(context, node, norm), sum);
        context.Add(new LayerDraft(Kinds.Of(nameof(UnaryFloating<>), x.Type), root.Name, Remarks)
        {
            Arguments = [("input", sum), ("output", root), ("function", nameof(UnaryFunction.Rsqrt))],
        });
        Add(context, node, "factor", BinaryFunction.Multiply, scale, root, factor);
        Add(context, node, "subtract", BinaryFunction.Subtract, x, mean, centred);
        Add(context, node, "multiply", BinaryFunction.Multiply, centred, factor, scaled);
        Add(context, node, "add", BinaryFunction.Add, scaled, offset, context.NewFlat(node.Output));
    }

    private static FlatDraft Epsilon(LoweringContext context, Node node, BatchNorm norm)
    {
        Tensor epsilon = ReferenceOperations.Run(new Cast(node.Output.Type), [Tensor.Of(Shape.Scalar, [norm.Epsilon])])[0];
        return context.Constant($"{node.Name}/epsilon", epsilon);
    }

    private static FlatDraft New(LoweringContext context, Node node, string name, int[] shape) =>
        context.NewFlat($"{node.Name}/{name}", node.Output.Type, shape);

    private static void Add(
        LoweringContext context, Node node, string name, BinaryFunction function, FlatDraft left, FlatDraft right, FlatDraft output) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(BinaryFloating<>), output.Type), $"{node.Name}/{name}", Remarks)
        {
            Arguments = [("left", left), ("right", right), ("output", output), ("function", function.ToString())],
        });
}
