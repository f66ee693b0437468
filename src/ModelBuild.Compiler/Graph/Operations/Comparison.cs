namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Comparisons of two elements, by the names of the kernels' ComparisonFunction.</summary>
public enum ComparisonKind { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual }

/// <summary>Element-wise comparison of two arrays of one type: a, b -> bool of their broadcast shape.</summary>
/// <param name="Function">What is asked.</param>
public sealed record Comparison(ComparisonKind Function) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        DataType type = inputs[0].Type;
        Inference.Require(type == inputs[1].Type, $"operands have the types {type} and {inputs[1].Type}.");
        bool isOrdered = type.IsNumber && !type.IsComplex;
        bool isEquality = Function is ComparisonKind.Equal or ComparisonKind.NotEqual && (type.IsComplex || type is DataType.Bool or DataType.String);
        Inference.Require(isOrdered || isEquality, $"{Function} is not defined for {type}.");
        return [(DataType.Bool, Inference.Broadcast(inputs[0].Shape, inputs[1].Shape))];
    }
}
