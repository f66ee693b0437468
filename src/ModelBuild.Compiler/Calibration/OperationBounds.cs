using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Calibration;

/// <summary>Ends that the results of operations cannot pass, whatever the data.</summary>
internal static class OperationBounds
{
    // Minima of x * sigmoid(x) and of the two forms of x * normal(x), rounded down.
    private const float LeastSwish = -0.2785f, LeastGelu = -0.17f;

    private const float LeastHardSwish = -0.375f, LeastSelu = -1.7581f;

    /// <summary>The bounds; infinite where there are none.</summary>
    public static ValueRange Of(Operation operation) => operation switch
    {
        Unary unary => Of(unary.Function),
        Softmax => new ValueRange(0, 1),
        _ => new ValueRange(WeightedLayer.ClampOf(operation).Minimum, WeightedLayer.ClampOf(operation).Maximum),
    };

    private static ValueRange Of(UnaryKind function) => function switch
    {
        UnaryKind.Relu or UnaryKind.Abs or UnaryKind.Square or UnaryKind.Sqrt or UnaryKind.Exp or UnaryKind.Softplus => From(0),
        UnaryKind.Relu6 => new ValueRange(0, 6),
        UnaryKind.Sigmoid or UnaryKind.HardSigmoid => new ValueRange(0, 1),
        UnaryKind.Tanh or UnaryKind.Erf or UnaryKind.Softsign or UnaryKind.Sin or UnaryKind.Cos => new ValueRange(-1, 1),
        UnaryKind.HardSwish => From(LeastHardSwish),
        UnaryKind.Swish => From(LeastSwish),
        UnaryKind.Gelu or UnaryKind.GeluTanh => From(LeastGelu),
        UnaryKind.Elu => From(-1),
        UnaryKind.Selu => From(LeastSelu),
        _ => From(float.NegativeInfinity),
    };

    private static ValueRange From(float minimum) => new(minimum, float.PositiveInfinity);
}
