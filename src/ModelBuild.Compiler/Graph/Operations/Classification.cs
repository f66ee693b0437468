namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Questions about a floating-point number, by the names of the kernels' ClassificationFunction.</summary>
public enum ClassificationKind { IsNan, IsInf, IsFinite }

/// <summary>Element-wise question: x -> bool of the same shape.</summary>
/// <param name="Function">What is asked.</param>
public sealed record Classification(ClassificationKind Function) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type.IsFloating, $"{Function} is not defined for {inputs[0].Type}.");
        return [(DataType.Bool, inputs[0].Shape)];
    }
}
