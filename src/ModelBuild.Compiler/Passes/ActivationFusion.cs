using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>Fuses relu, relu6 and other limits into the layer before them, which clamps as it writes.</summary>
internal static class ActivationFusion
{
    public static ModelGraph Run(ModelGraph graph) => GraphRewriter.Run(graph, (node, inputs, rewriter) =>
    {
        if (node.Outputs is not [{ Type: DataType.Float32 }] || Limits(node, inputs) is not { } limits) return null;
        (Clamp clamp, int x) = limits;
        if (!ConstantOperand.KeepsShape(inputs[x], node.Output) || !rewriter.IsReadOnce(node.Inputs[x])) return null;
        if (rewriter.Producer(inputs[x]) is not { } producer || !(WeightedLayer.Is(producer.Operation) || producer.Operation is Binary)) return null;
        Clamp both = WeightedLayer.ClampOf(producer.Operation).Then(clamp);
        return [rewriter.Add(node.Name, WeightedLayer.With(producer.Operation, both), producer.Inputs)];
    });

    /// <summary>What the node limits its input to, and which input.</summary>
    private static (Clamp Clamp, int Input)? Limits(Node node, IReadOnlyList<Value> inputs)
    {
        switch (node.Operation)
        {
            case Unary { Function: UnaryKind.Relu }: return (new Clamp(0, float.PositiveInfinity), 0);
            case Unary { Function: UnaryKind.Relu6 }: return (new Clamp(0, 6), 0);
            case Binary { Function: BinaryKind.Maximum or BinaryKind.Minimum, Clamp.IsActive: false } binary:
                int x = ConstantOperand.Scalar(inputs[1]) is null ? 1 : 0;
                if (ConstantOperand.Scalar(inputs[1 - x]) is not { } limit || float.IsNaN(limit)) return null;
                return (binary.Function == BinaryKind.Maximum ? new Clamp(limit, float.PositiveInfinity) : new Clamp(float.NegativeInfinity, limit), x);
            default: return null;
        }
    }
}
