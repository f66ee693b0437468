using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>
/// Gives the ends of a frozen graph the names of a signature, which say more than "serving_default_x" and "StatefulPartitionedCall:0".
/// </summary>
internal static class SignatureGraph
{
    /// <summary>Tensor names of the outputs.</summary>
    public static IReadOnlyList<string> Roots(SignatureDef signature) =>
        [.. signature.Outputs.Select(output => Tensor(output.Key, output.Value))];

    /// <summary>The graph with placeholders renamed and an Identity for each output, in the order of their names.</summary>
    public static GraphDef Run(GraphDef graph, SignatureDef signature)
    {
        HashSet<string> names = [.. graph.Node.Select(node => node.Name)];
        Dictionary<string, string> renamed = new(StringComparer.Ordinal);
        Dictionary<string, NodeDef> placeholders =
            graph.Node.Where(node => node.Op is "Placeholder" or "PlaceholderV2").ToDictionary(node => node.Name, StringComparer.Ordinal);
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach ((string key, TensorInfo info) in Sorted(signature.Inputs))
        {
            if (!placeholders.Remove(GraphParts.NodeOf(Tensor(key, info)), out NodeDef? placeholder)) continue;
            renamed[placeholder.Name] = Take(key);
            if (info.TensorShape is { UnknownRank: false } shape) placeholder.Attr["shape"] = new AttrValue { Shape = shape };
        }
        List<NodeDef> outputs = [];
        foreach ((string key, TensorInfo info) in Sorted(signature.Outputs))
            outputs.Add(GraphParts.Identity(Take(key), info.Name, (DataType)info.Dtype));
        // Other nodes that happen to have these names make room.
        foreach (NodeDef node in graph.Node)
            if (taken.Contains(node.Name) && !renamed.ContainsKey(node.Name)) renamed[node.Name] = Unique(node.Name);
        foreach (NodeDef node in outputs) node.Input[0] = Renamed(node.Input[0]);
        foreach (NodeDef node in graph.Node)
        {
            node.Name = renamed.GetValueOrDefault(node.Name, node.Name);
            for (int i = 0; i < node.Input.Count; i++) node.Input[i] = Renamed(node.Input[i]);
        }
        graph.Node.AddRange(outputs);
        return graph;

        string Take(string key)
        {
            string name = GraphParts.NodeName(key);
            if (taken.Add(name)) return name;
            name = Unique(name);
            taken.Add(name);
            return name;
        }

        string Unique(string name)
        {
            for (int number = 1; ; number++)
                if (!taken.Contains($"{name}_{number}") && names.Add($"{name}_{number}")) return $"{name}_{number}";
        }

        string Renamed(string input)
        {
            string node = GraphParts.NodeOf(input);
            return renamed.TryGetValue(node, out string? name) ? name + input[node.Length..] : input;
        }
    }

    private static string Tensor(string key, TensorInfo info) => info.Name.Length > 0 ? info.Name
        : throw new ModelBuildException(DiagnosticCode.UnsupportedAttribute,
            $"{key} of the signature is a sparse or composite tensor. Export the model with dense tensors.");

    private static IEnumerable<(string Key, TensorInfo Info)> Sorted(IEnumerable<KeyValuePair<string, TensorInfo>> ends) =>
        ends.OrderBy(end => end.Key, StringComparer.Ordinal).Select(end => (end.Key, end.Value));
}
