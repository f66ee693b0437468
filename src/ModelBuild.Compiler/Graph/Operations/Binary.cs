namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Functions of two numbers, by the names of the kernels' BinaryFunction.</summary>
public enum BinaryKind
{
    Add, Subtract, Multiply, Divide, DivideNoNan, FloorDivide, FloorModulo, TruncateDivide, TruncateModulo, Maximum, Minimum, Power,
    SquaredDifference, Atan2,
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
        Inference.Require(inputs[0].Type == inputs[1].Type, $"operands have the types {inputs[0].Type} and {inputs[1].Type}.");
        return [(inputs[0].Type, Inference.Broadcast(inputs[0].Shape, inputs[1].Shape))];
    }
}
