using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Passes;

/// <summary>What holds for every graph between two passes. A violation is a defect of the pass before.</summary>
internal static class GraphInvariants
{
    /// <summary>Throws unless values are defined before use, once, under unique names, with the types and shapes that inference gives.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="after">Name of the pass that made it.</param>
    public static void Check(ModelGraph graph, string after)
    {
        HashSet<Value> defined = [.. graph.Inputs];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (Node node in graph.Nodes)
        {
            Require(names.Add(node.Name), $"two nodes are named {node.Name}");
            foreach (Value input in node.Inputs) Require(input.Constant is not null || defined.Contains(input), $"{node.Name} reads {input.Name} before it is computed");
            foreach (Value output in node.Outputs) Require(defined.Add(output), $"{output.Name} is computed twice");
            IReadOnlyList<(DataType Type, Shape Shape)> inferred = node.Operation.Infer(node.Inputs);
            Require(inferred.Count == node.Outputs.Length, $"{node.Name} has {node.Outputs.Length} outputs instead of {inferred.Count}");
            for (int i = 0; i < inferred.Count; i++)
                Require(node.Outputs[i].Type == inferred[i].Type && node.Outputs[i].Shape.Equals(inferred[i].Shape),
                    $"{node.Outputs[i]} should be {inferred[i].Type}{inferred[i].Shape}");
        }
        foreach (Value output in graph.Outputs) Require(output.Constant is not null || defined.Contains(output), $"the output {output.Name} is not computed");

        void Require(bool condition, string what)
        {
            if (!condition) throw new InvalidOperationException($"After {after}: {what}.");
        }
    }
}
