using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reporting;

/// <summary>What a node costs.</summary>
/// <param name="Parameters">Floating-point elements of its constant inputs, single numbers apart.</param>
/// <param name="MultiplyAdds">
/// Multiplications, each with its addition, of convolutions and matrix products; null where shapes are not known.
/// </param>
internal readonly record struct NodeCost(long Parameters, long? MultiplyAdds)
{
    public static NodeCost Of(Node node)
    {
        long parameters = node.Inputs.Where(IsParameter).Distinct().Sum(input => (long)input.Constant!.Count);
        if (!IsProduct(node.Operation)) return new NodeCost(parameters, 0);
        bool known = node.Outputs[0].Shape.IsStatic && node.Inputs[0].Shape.IsStatic && node.Inputs[1].Shape.IsStatic;
        return new NodeCost(parameters, known ? node.Outputs[0].Shape.Count * PerOutput(node) : null);
    }

    /// <summary>A constant that was trained, as far as can be told.</summary>
    public static bool IsParameter(Value value) =>
        value is { Constant.Count: > 1, Type: DataType.Float32 or DataType.Float64 or DataType.Float16 or DataType.BFloat16 };

    private static bool IsProduct(Operation operation) => operation is Convolution or DepthwiseConvolution or FullyConnected or MatMul;

    /// <summary>Terms of the sum that an element of the output is.</summary>
    private static long PerOutput(Node node)
    {
        Shape weights = node.Inputs[1].Shape;
        return node.Operation switch
        {
            Convolution => (long)weights[0] * weights[1] * weights[2],
            DepthwiseConvolution => (long)weights[0] * weights[1],
            MatMul { TransposeB: true } => weights[-1],
            _ => weights[-2],
        };
    }
}
