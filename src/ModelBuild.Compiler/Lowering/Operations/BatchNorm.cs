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
        if (node.Inputs.Skip(1).FirstOrDefault(input => input.Constant is null) is { } open)
            throw Kinds.Unsupported($"with computed statistics ({open.Name})");
        Tensor[] statistics = [.. node.Inputs.Skip(1).Select(input => input.Constant!)];
        (float[] factor, float[] addend) = BatchNormReference.Affine(norm, statistics[0], statistics[1], statistics[2], statistics[3]);
        FlatDraft input = FloatConvolution.Floats(context, node, 0), output = context.NewFlat(node.Output);
        FlatDraft product = context.NewFlat($"{node.Name}/product", DataType.Float32, output.Shape);
        Add(context, $"{node.Name}/factor", BinaryFunction.Multiply, input, factor, product);
        Add(context, $"{node.Name}/addend", BinaryFunction.Add, product, addend, output);
    }

    private static void Add(LoweringContext context, string name, BinaryFunction function, FlatDraft left, float[] right, FlatDraft output) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(BinaryFloating<>), DataType.Float32), name, "batch normalisation")
        {
            Arguments =
            [
                ("left", left), ("right", context.Constant(name, Tensor.Of(Shape.Of(right.Length), right))), ("output", output),
                ("function", function.ToString()),
            ],
        });
}
