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
        bool isKnown = inputs.All(input => input.Constant is not null) && inputs[0].Type != DataType.BFloat16;
        return [(inputs[0].Type, Shape.Of(isKnown ? ElementTypes.Real(inputs[0].Type, new Length(inputs)) : Shape.Unknown))];
    }

    private sealed class Length(IReadOnlyList<Value> inputs) : IRealWork<int>
    {
        int IRealWork<int>.Run<T>()
        {
            T start = Number<T>(0), limit = Number<T>(1), delta = Number<T>(2);
            bool leads = delta > T.Zero ? start <= limit : delta < T.Zero && start >= limit;
            Inference.Require(leads, $"steps of {delta} do not lead from {start} to {limit}.");
            return Kernels.Range.Length(start, limit, delta);
        }

        private T Number<T>(int input) => Tensors.Single<T>(inputs[input].Constant!);
    }
}
