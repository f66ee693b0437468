using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Reference;

/// <summary>Runs a graph as it stands, in its own types: for calibration, for comparison, and where nothing else can.</summary>
internal static class ReferenceExecutor
{
    /// <summary>The outputs of a call.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">One tensor an input, of its type and a shape that fits.</param>
    /// <param name="observe">Sees every computed value, in order; may be null.</param>
    public static IReadOnlyList<Tensor> Run(ModelGraph graph, IReadOnlyList<Tensor> inputs, Action<Value, Tensor>? observe = null)
    {
        Dictionary<Value, Tensor> values = [];
        for (int i = 0; i < inputs.Count; i++) Set(graph.Inputs[i], inputs[i]);
        Dictionary<Value, int> uses = Uses(graph);
        foreach (Node node in graph.Nodes)
        {
            IReadOnlyList<Tensor> results;
            try
            {
                results = ReferenceOperations.Run(node.Operation, [.. node.Inputs.Select(Get)]);
            }
            catch (ModelBuildException error)
            {
                throw new ModelBuildException(error.Code, $"Node {node.Name}: {error.Message}", error.File, error);
            }
            for (int i = 0; i < results.Count; i++) Set(node.Outputs[i], results[i]);
            foreach (Value input in node.Inputs)
                if (input.Constant is null && --uses[input] == 0) values.Remove(input);
        }
        return [.. graph.Outputs.Select(Get)];

        Tensor Get(Value value) => value.Constant ?? values[value];

        void Set(Value value, Tensor tensor)
        {
            values[value] = tensor;
            observe?.Invoke(value, tensor);
        }
    }

    /// <summary>How often each value is read, the graph's outputs once more.</summary>
    private static Dictionary<Value, int> Uses(ModelGraph graph)
    {
        Dictionary<Value, int> uses = [];
        foreach (Value value in graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs)) uses[value] = uses.GetValueOrDefault(value) + 1;
        return uses;
    }
}
