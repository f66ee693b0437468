namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>What a complex number has that is real.</summary>
public enum ComplexPartKind { Real, Imaginary, Magnitude, Angle }

/// <summary>Real numbers of complex ones: x -> the same shape.</summary>
/// <param name="Kind">Which.</param>
public sealed record ComplexPart(ComplexPartKind Kind) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type.IsComplex, $"the operand has the type {inputs[0].Type} instead of a complex one.");
        return [(inputs[0].Type == DataType.Complex64 ? DataType.Float32 : DataType.Float64, inputs[0].Shape)];
    }
}
