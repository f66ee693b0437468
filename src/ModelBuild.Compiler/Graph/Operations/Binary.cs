namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Functions of two numbers, by the names of the kernels' BinaryFunction.</summary>
public enum BinaryKind
{
    Add, Subtract, Multiply, Divide, DivideNoNan, FloorDivide, FloorModulo, TruncateDivide, TruncateModulo, Maximum, Minimum, Power,
    SquaredDifference, Atan2, NextAfter, IncompleteGamma, IncompleteGammaComplement, Zeta, Polygamma,
    BitwiseAnd, BitwiseOr, BitwiseXor, ShiftLeft, ShiftRight,
}

/// <summary>Element-wise function of two arrays of one type: a, b -> their broadcast shape.</summary>
/// <param name="Function">What is computed.</param>
/// <param name="Clamp">Fused activation, of float32 only.</param>
public sealed record Binary(BinaryKind Function, Clamp Clamp) : Operation
{
    /// <summary>Without activation.</summary>
    public Binary(BinaryKind function) : this(function, Clamp.None) { }

    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        DataType type = inputs[0].Type;
        Inference.Require(type == inputs[1].Type, $"operands have the types {type} and {inputs[1].Type}.");
        bool fits = Function switch
        {
            BinaryKind.BitwiseAnd or BinaryKind.BitwiseOr or BinaryKind.BitwiseXor or BinaryKind.ShiftLeft or BinaryKind.ShiftRight => type.IsInteger,
            BinaryKind.Atan2 or BinaryKind.NextAfter or BinaryKind.IncompleteGamma or BinaryKind.IncompleteGammaComplement or BinaryKind.Zeta
                or BinaryKind.Polygamma => type.IsFloating,
            _ => type.IsNumber,
        };
        Inference.Require(fits, $"{Function} is not defined for {type}.");
        return [(type, Inference.Broadcast(inputs[0].Shape, inputs[1].Shape))];
    }
}
