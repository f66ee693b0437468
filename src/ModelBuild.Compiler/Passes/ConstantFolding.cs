using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Passes;

/// <summary>Computes what depends on no input, by the reference executor. Runs whenever a node is added to a graph.</summary>
internal static class ConstantFolding
{
    /// <summary>The outputs as constants, or null where they cannot or should not be computed now.</summary>
    public static IReadOnlyList<Value>? TryFold(
        string name, Operation operation, IReadOnlyList<Value> inputs, IReadOnlyList<(DataType Type, Shape Shape)> outputs, FoldingBudget budget)
    {
        if (!operation.IsPure || inputs.Any(input => input.Constant is null)) return null;
        if (!budget.TryTake(operation, inputs, outputs)) return null;
        IReadOnlyList<Tensor> results = ReferenceOperations.Run(operation, [.. inputs.Select(input => input.Constant!)]);
        return [.. results.Select((tensor, i) => Value.Of(i == 0 ? name : $"{name}:{i}", tensor))];
    }
}
