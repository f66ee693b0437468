using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Numbers in arithmetic progression: start, limit, delta (one number each) -> start, start + delta, ... before the limit.</summary>
public sealed record Range : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireSameType(inputs, "start, limit and step of a range");
        foreach (Value input in inputs) Inference.Require(!input.Shape.IsStatic || input.Shape.Count == 1,
            $"{input.Name} is no single number.");
        int length = inputs.All(input => input.Constant is not null) ? ElementTypes.Real(inputs[0].Type, new Length(inputs)) : Shape.Unknown;
        return [(inputs[0].Type, Shape.Of(length))];
    }

    private sealed record Length(IReadOnlyList<Value> Inputs) : IRealWork<int>
    {
        int IRealWork<int>.Run<T>() => Kernels.Range.Length(
            Tensors.Single<T>(Inputs[0].Constant!), Tensors.Single<T>(Inputs[1].Constant!), Tensors.Single<T>(Inputs[2].Constant!));
    }
}
