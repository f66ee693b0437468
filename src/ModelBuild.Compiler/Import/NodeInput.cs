using System.Globalization;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>An input of a node: an output of another one. Written "node" for output 0, "node:1", and "^node" for mere order.</summary>
/// <param name="Node">Name of the other node.</param>
/// <param name="Output">Number of its output.</param>
internal readonly record struct NodeInput(string Node, int Output)
{
    /// <summary>Parses one that is not "^node".</summary>
    public static NodeInput Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int output)
            ? new NodeInput(text[..colon], output) : new NodeInput(text, 0);
    }

    /// <summary>The inputs of a node that carry data.</summary>
    public static IEnumerable<NodeInput> DataOf(NodeDef node) => node.Input.Where(input => !input.StartsWith('^')).Select(Parse);

    /// <inheritdoc/>
    public override string ToString() => Output == 0 ? Node : string.Create(CultureInfo.InvariantCulture, $"{Node}:{Output}");
}
