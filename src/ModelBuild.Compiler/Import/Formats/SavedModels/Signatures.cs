using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Chooses what of a SavedModel is compiled: one of its graphs, and one of that graph's signatures.</summary>
internal static class Signatures
{
    private const string Serving = "serve", Default = "serving_default";

    /// <summary>The graph for inference: the one with the tag "serve", or the only one.</summary>
    public static MetaGraphDef Graph(SavedModel model, string path)
    {
        MetaGraphDef[] graphs = model.MetaGraphs.Count == 1 ? [.. model.MetaGraphs]
            : [.. model.MetaGraphs.Where(graph => graph.MetaInfoDef?.Tags.Contains(Serving) == true).OrderBy(graph =>
                graph.MetaInfoDef.Tags.Count).Take(1)];
        if (graphs is [{ GraphDef: not null } only]) return only;
        string tags = string.Join("; ", model.MetaGraphs.Select(graph => string.Join(",", graph.MetaInfoDef?.Tags ?? [])));
        throw new ModelBuildException(DiagnosticCode.AmbiguousPorts, $"None of the {model.MetaGraphs.Count} graphs of the SavedModel has "
            + $"the tag {Serving}; their tags are: {tags}. Export the model for serving.", path);
    }

    /// <summary>The signature of a name; without one "serving_default", or the only one. Null where the graph has none.</summary>
    public static SignatureDef? Choose(MetaGraphDef graph, string? name, string path)
    {
        // Those for initialisation and training begin with an underscore, or have no outputs.
        Dictionary<string, SignatureDef> signatures = graph.SignatureDef
            .Where(pair => !pair.Key.StartsWith("__", StringComparison.Ordinal)
                && pair.Value.Outputs.Count > 0).ToDictionary(StringComparer.Ordinal);
        string all = string.Join(", ", signatures.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(Describe));
        if (name is not null)
            return signatures.GetValueOrDefault(name) ?? throw new ModelBuildException(DiagnosticCode.AmbiguousPorts,
                $"The SavedModel has no signature {name}. {(all.Length > 0 ? $"It has {all}." : "It has none.")}", path);
        if (signatures.TryGetValue(Default, out SignatureDef? usual)) return usual;
        if (signatures.Count <= 1) return signatures.Values.FirstOrDefault();
        throw new ModelBuildException(DiagnosticCode.AmbiguousPorts,
            $"The SavedModel has several signatures and none is named {Default}. Name one of them with Signature=\"...\": {all}.", path);
    }

    private static string Describe(KeyValuePair<string, SignatureDef> signature) =>
        $"{signature.Key} ({Keys(signature.Value.Inputs.Keys)} -> {Keys(signature.Value.Outputs.Keys)})";

    private static string Keys(IEnumerable<string> keys) => string.Join(" ", keys.Order(StringComparer.Ordinal));
}
