using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Computes all branches of a condition and selects the results of one, since a plan runs all of its layers in every call. Not where
/// a branch that is not to be taken could fail, as by an index that the condition checks.
/// </summary>
internal static class ConditionalSelection
{
    public static ModelGraph Run(ModelGraph graph) => GraphRewriter.Run(graph, (node, inputs, rewriter) =>
        node.Operation is Case choice && CanSelect(node, choice) ? Select(node.Name, choice, inputs, rewriter.Builder) : null);

    private static bool CanSelect(Node node, Case choice) => node.Inputs[0].Shape.Equals(Shape.Scalar)
        && choice.Branches.All(branch =>
            branch.Nodes.All(other => other.Operation is Case inner ? CanSelect(other, inner) : !MayFail(other)))
        && Enumerable.Range(0, choice.Branches[0].Outputs.Length).All(output =>
        {
            Value first = choice.Branches[0].Outputs[output];
            bool isArray = first.Type is not (DataType.Variant or DataType.Resource or DataType.String);
            return isArray && first.Shape.IsStatic && choice.Branches.All(branch => branch.Outputs[output].Shape.Equals(first.Shape));
        });

    private static bool MayFail(Node node) => node.Operation switch
    {
        Gather or GatherNd => node.Inputs[1].Constant is null,
        Binary { Function: BinaryKind.Divide or BinaryKind.FloorDivide or BinaryKind.FloorModulo or BinaryKind.TruncateDivide
            or BinaryKind.TruncateModulo } => ElementTypes.IsInteger(node.Inputs[0].Type) && node.Inputs[1].Constant is null,
        ScatterNd or TensorScatter or Segment or DynamicStitch or DynamicPartition or DecodeImage or DecodeWav or ListOperation or While =>
            true,
        _ => false,
    };

    private static IReadOnlyList<Value> Select(string name, Case choice, IReadOnlyList<Value> inputs, GraphBuilder builder)
    {
        IReadOnlyList<Value>[] branches = [.. choice.Branches.Select(branch => Inline(branch, inputs.Skip(1), builder))];
        if (inputs[0].Type == DataType.Bool) return Select(name, inputs[0], branches[1], branches[0], builder);
        // Of numbers without a branch, the last one takes care.
        IReadOnlyList<Value> results = branches[^1];
        for (int number = branches.Length - 2; number >= 0; number--)
        {
            Value constant = GraphBuilder.Constant($"{name}/{number}", Tensor.Of(Shape.Scalar, new[] { number }));
            Value isNumber = builder.Add($"{name}/is_{number}", new Comparison(ComparisonKind.Equal), inputs[0], constant);
            results = Select(name, isNumber, branches[number], results, builder);
        }
        return results;
    }

    private static IReadOnlyList<Value> Select(
        string name, Value condition, IReadOnlyList<Value> yes, IReadOnlyList<Value> no, GraphBuilder builder) =>
        [.. yes.Zip(no, (own, other) => own == other ? own : builder.Add(name, new Select(Rows: false), condition, own, other))];

    private static IReadOnlyList<Value> Inline(ModelGraph branch, IEnumerable<Value> inputs, GraphBuilder builder)
    {
        Dictionary<Value, Value> values = branch.Inputs.Zip(inputs).ToDictionary();
        foreach (Node node in branch.Nodes)
        {
            IReadOnlyList<Value> operands = [.. node.Inputs.Select(Find)];
            IReadOnlyList<Value> results = node.Operation is Case inner
                ? Select(node.Name, inner, operands, builder) : builder.AddAll(node.Name, node.Operation, operands);
            for (int i = 0; i < results.Count; i++) values[node.Outputs[i]] = results[i];
        }
        return [.. branch.Outputs.Select(Find)];

        Value Find(Value value) => values.GetValueOrDefault(value, value);
    }
}
