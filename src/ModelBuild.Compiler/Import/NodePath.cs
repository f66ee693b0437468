using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>Nodes on the way through a graph, each needed by the one before: a stack that is not the thread's.</summary>
internal sealed class NodePath
{
    // Of a circle, so many nodes are named in its message.
    private const int MostNamed = 8;

    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly Stack<(NodeDef Node, IEnumerator<NodeInput> Needs)> _path = new();

    /// <summary>The node that was entered last, and what it still needs; null at the end.</summary>
    public (NodeDef Node, IEnumerator<NodeInput> Needs)? Top => _path.TryPeek(out (NodeDef, IEnumerator<NodeInput>) top) ? top : null;

    /// <summary>Goes on to a node.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">It is on the way already.</exception>
    public void Enter(NodeDef node, IEnumerable<NodeInput> needs)
    {
        if (!_open.Add(node.Name))
        {
            string circle = string.Join(" -> ", _path.Select(entry => entry.Node.Name).Take(MostNamed));
            throw GraphIndex.Invalid($"The nodes {circle} read each other in a circle.");
        }
        _path.Push((node, needs.GetEnumerator()));
    }

    /// <summary>Goes back from the last node.</summary>
    public void Leave() => _open.Remove(_path.Pop().Node.Name);
}
