using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Emit;

/// <summary>
/// Folds what follows a convolution or matrix product with constant weights, and multiplies or adds a number a channel, into
/// the weights and one BiasAdd: batch normalisation, scales, biases.
/// </summary>
internal static class LayerFolding
{
    public static FrozenGraph Run(FrozenGraph graph)
    {
        NodeReaders readers = new(graph);
        List<NodeDef> added = [];
        HashSet<string> removed = new(StringComparer.Ordinal);
        foreach (NodeDef layer in graph.Nodes)
        {
            if (FoldedLayer.Of(layer, readers) is not { } folded) continue;
            removed.UnionWith(folded.Replaced.Select(node => node.Name));
            added.AddRange(folded.Write());
        }
        if (added.Count == 0) return graph;
        return graph.With([.. graph.Nodes.Where(node => !removed.Contains(node.Name)), .. added]);
    }
}
