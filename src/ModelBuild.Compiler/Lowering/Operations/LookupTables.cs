using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;
using Binary = ModelBuild.Compiler.Graph.Operations.Binary;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Functions of one quantised value: tables with a result for each of its bytes.</summary>
internal static class LookupTables
{
    /// <summary>Entries of a table.</summary>
    public const int Entries = byte.MaxValue + 1;

    /// <summary>Adds the layer, if the node is a function of one image, whose other operands are single numbers.</summary>
    /// <param name="context">The plan.</param>
    /// <param name="node">A node of an element-wise operation.</param>
    /// <param name="remarks">What it does.</param>
    public static bool TryLower(LoweringContext context, Node node, string remarks)
    {
        Value[] variables = [.. node.Inputs.Where(input => input.Constant is null).Distinct()];
        if (variables is not [var x] || node.Inputs.Any(input => input.Constant is { Count: not 1 })) return false;
        if (!context.AreImages(x, node.Output) || ImageShape.Of(x.Shape) != ImageShape.Of(node.Output.Shape)) return false;
        byte[] table = Table(node, context.Quantization(x), context.Quantization(node.Output));
        Add(context, node.Name, remarks, context.Image(x), context.NewImage(node.Output), table);
        return true;
    }

    /// <summary>Adds a layer that looks up each byte of an image.</summary>
    public static void Add(LoweringContext context, string name, string remarks, ImageDraft input, ImageDraft output, byte[] table)
    {
        context.Geometry.SharePlane(input, output);
        context.Add(new LayerDraft(nameof(LookupInt8), name, remarks)
        {
            Arguments = [("input", input), ("output", output), ("table", context.Blob.Add(table, table.Length))],
        });
    }

    private static byte[] Table(Node node, ActivationQuantization from, ActivationQuantization to)
    {
        float[] reals = new float[Entries];
        for (int q = 0; q < reals.Length; q++) reals[q] = (q - from.ZeroPoint) * from.Scale;
        Tensor variable = Tensor.Of(Shape.Of(Entries), reals);
        Tensor[] operands = [.. node.Inputs.Select(input => input.Constant?.Reshape(Shape.Scalar) ?? variable)];
        float[] results = Results(node.Operation, operands);
        byte[] table = new byte[Entries];
        for (int q = 0; q < table.Length; q++) table[q] = (byte)to.Quantize(results[q]);
        return table;
    }

    /// <summary>The results of an operation, the same bits on every machine.</summary>
    private static float[] Results(Operation operation, Tensor[] operands)
    {
        if (operation is Unary unary && TableMath.Of(unary.Function) is { } function)
            return Array.ConvertAll((float[])operands[0].Data, x => (float)function(x));
        if (operation is Binary binary && TableMath.Of(binary.Function) is { } combine)
        {
            IEnumerable<double> reals = Enumerable.Range(0, Entries).Select(i => combine(Element(operands[0], i), Element(operands[1], i)));
            return [.. reals.Select(real => binary.Clamp.Apply((float)real))];
        }
        return (float[])ReferenceOperations.Run(operation, operands)[0].Data;
    }

    private static float Element(Tensor operand, int i) => operand.Elements<float>()[operand.Count == 1 ? 0 : i];
}
