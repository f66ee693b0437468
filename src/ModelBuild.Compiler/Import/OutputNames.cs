using System.Text.RegularExpressions;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// What to call the outputs. A graph frozen by TensorFlow 2 often ends in nodes named Identity, Identity_1, ..., which say
/// nothing; then the layer they pass on gives its name: "digits/scores/Softmax" is "scores".
/// </summary>
internal static partial class OutputNames
{
    /// <summary>A name for each output, distinct.</summary>
    /// <param name="graph">The nodes by name.</param>
    /// <param name="outputs">The outputs as the file or the user names them.</param>
    public static IEnumerable<string> Of(GraphIndex graph, IReadOnlyList<NodeInput> outputs)
    {
        string[] names = [.. outputs.Select(output => Anonymous().IsMatch(output.Node) && Layer(graph, output) is { Length: > 0 } layer ? layer : output.ToString())];
        // Two heads with layers of one name keep what distinguishes them.
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : outputs.Select(output => output.ToString());
    }

    private static string Layer(GraphIndex graph, NodeInput output)
    {
        NodeDef? node = graph.Find(graph.Origin(output, passed => !Anonymous().IsMatch(passed.Node)).Node);
        if (node is null || Anonymous().IsMatch(node.Name)) return "";
        string[] parts = node.Name.Split('/');
        return parts.Length > 1 && parts[^1].StartsWith(node.Op, StringComparison.Ordinal) ? parts[^2] : parts[^1];
    }

    [GeneratedRegex(@"^Identity(_\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Anonymous();
}
