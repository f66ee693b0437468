using System.Globalization;
using Google.Protobuf.Collections;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Functions;

/// <summary>Reads one function for one caller.</summary>
/// <param name="library">The functions that its nodes may be.</param>
/// <param name="definition">The function.</param>
/// <param name="attributes">The caller's, which take the place of placeholders in those of the nodes.</param>
internal sealed class FunctionReader(FunctionLibrary library, FunctionDef definition, MapField<string, AttrValue> attributes)
{
    // Number of the first tensor of each argument, and how many it is.
    private readonly Dictionary<string, (int First, int Count)> _arguments = new(StringComparer.Ordinal);
    // The nodes with their attributes, as yet without inputs.
    private readonly Dictionary<string, NodeDef> _nodes = new(StringComparer.Ordinal);

    public GraphFunction Read()
    {
        int count = 0;
        foreach (OpDef.Types.ArgDef argument in definition.Signature.InputArg)
        {
            int length = FunctionLibrary.Length(argument, attributes);
            if (!_arguments.TryAdd(argument.Name, (count, length))) throw Invalid($"two arguments are named {argument.Name}");
            count += length;
        }
        foreach (NodeDef node in definition.NodeDef)
            if (!_nodes.TryAdd(node.Name, Bind(node))) throw Invalid($"two nodes are named {node.Name}");
        foreach (NodeDef node in definition.NodeDef)
            foreach (string input in node.Input)
                _nodes[node.Name].Input.AddRange(input.StartsWith('^') ? [input] : Tensors(input).Select(tensor => tensor.ToString()));

        GraphIndex index = new(definition.NodeDef.Select(node => _nodes[node.Name]), _arguments.Keys.ToHashSet(StringComparer.Ordinal));
        Dictionary<NodeInput, int> arguments = [];
        foreach ((string name, (int first, int length)) in _arguments)
            for (int i = 0; i < length; i++) arguments.Add(new NodeInput(name, i), first + i);
        NodeInput[] outputs = [.. definition.Signature.OutputArg.SelectMany(Output)];
        return new GraphFunction(definition.Signature.Name, index, arguments, count, outputs);
    }

    private IEnumerable<NodeInput> Output(OpDef.Types.ArgDef output)
    {
        if (!definition.Ret.TryGetValue(output.Name, out string? source)) throw Invalid($"nothing is returned as {output.Name}");
        return Tensors(source);
    }

    /// <summary>The tensors that a text names: one, or a whole list.</summary>
    private IEnumerable<NodeInput> Tensors(string text)
    {
        string[] parts = text.Split(':');
        int? index = parts.Length > 1 && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number : null;
        (int first, int count) = (0, 1);
        if (_arguments.TryGetValue(parts[0], out (int First, int Count) argument)) count = argument.Count;
        else if (!_nodes.TryGetValue(parts[0], out NodeDef? node)) throw Invalid($"{text} is read, which it does not have");
        else if (parts.Length == 3 || (parts.Length == 2 && index is null)) (first, count) = library.Output(node, parts[1]);
        if (index is { } one) return [new NodeInput(parts[0], checked(first + one))];
        return Enumerable.Range(first, count).Select(output => new NodeInput(parts[0], output));
    }

    private NodeDef Bind(NodeDef node)
    {
        NodeDef bound = new() { Name = node.Name, Op = node.Op };
        foreach ((string name, AttrValue value) in node.Attr)
            if (Bind(value) is { } given) bound.Attr.Add(name, given);
        return bound;
    }

    /// <summary>The attribute with the caller's values for placeholders; null where the caller does not give one.</summary>
    private AttrValue? Bind(AttrValue value)
    {
        switch (value.ValueCase)
        {
            case AttrValue.ValueOneofCase.Placeholder:
                return attributes.TryGetValue(value.Placeholder, out AttrValue? given) ? given : null;
            case AttrValue.ValueOneofCase.Func: return new AttrValue { Func = Bind(value.Func) };
            case AttrValue.ValueOneofCase.List when value.List.Func.Count > 0:
                AttrValue list = new() { List = new() };
                list.List.Func.AddRange(value.List.Func.Select(Bind));
                return list;
            default: return value;
        }
    }

    private NameAttrList Bind(NameAttrList function)
    {
        NameAttrList bound = new() { Name = function.Name };
        foreach ((string name, AttrValue value) in function.Attr)
            if (Bind(value) is { } given) bound.Attr.Add(name, given);
        return bound;
    }

    private Diagnostics.ModelBuildException Invalid(string what) =>
        GraphIndex.Invalid($"The function {definition.Signature.Name} contradicts itself: {what}.");
}
