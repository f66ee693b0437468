namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Functions of one number, by the names of the kernels' FloatFunction and UnaryFunction.</summary>
public enum UnaryKind
{
    Abs, Negate, Square, Sqrt, Rsqrt, Reciprocal, Round, Floor, Ceil, Sign, Exp, Expm1, Log, Log1p, Sin, Cos, Tan, Asin, Acos, Atan,
    Sinh, Cosh, Tanh, Asinh, Acosh, Atanh, Sigmoid, Erf, Erfc, Softplus, Softsign, Relu, Relu6, Elu, Selu, Swish, HardSigmoid, HardSwish,
    Gelu, GeluTanh, Mish, LogGamma, Digamma, ErfInverse, NormalQuantile, BesselI0e, BesselI1e, BitwiseNot, Conjugate,
}

/// <summary>Element-wise function: x -> the same shape and type.</summary>
/// <param name="Function">What is computed.</param>
public sealed record Unary(UnaryKind Function) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        DataType type = inputs[0].Type;
        bool fits = Function switch
        {
            UnaryKind.BitwiseNot => type.IsInteger,
            UnaryKind.Conjugate => type.IsComplex,
            UnaryKind.Abs or UnaryKind.Negate or UnaryKind.Square or UnaryKind.Sign or UnaryKind.Round or UnaryKind.Floor or UnaryKind.Ceil
                or UnaryKind.Relu or UnaryKind.Relu6 => type.IsNumber,
            _ => type.IsFloating || type.IsComplex,
        };
        Inference.Require(fits, $"{Function} is not defined for {type}.");
        return [(type, inputs[0].Shape)];
    }
}
