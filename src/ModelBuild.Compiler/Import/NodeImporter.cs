using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>Imports nodes that stand in topological order, one by one.</summary>
/// <param name="builder">Gets what they become.</param>
internal sealed class NodeImporter(GraphBuilder builder)
{
    private readonly Dictionary<string, IReadOnlyList<Value>> _values = new(StringComparer.Ordinal);

    /// <summary>The outputs of a node that was imported.</summary>
    public IReadOnlyList<Value> this[string node]
    {
        get => _values[node];
        set => _values[node] = value;
    }

    /// <summary>The value that an input of a node names.</summary>
    public Value Find(NodeInput input) =>
        _values.TryGetValue(input.Node, out IReadOnlyList<Value>? outputs) && input.Output < outputs.Count ? outputs[input.Output]
            : throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"{input} does not exist.");

    /// <summary>Imports a node whose inputs have been.</summary>
    /// <exception cref="ModelBuildException">It cannot be; the message names it.</exception>
    public void Import(NodeDef node)
    {
        try
        {
            _values[node.Name] = node.Op == "Const" ? [Constant(node)] : Operation(node);
        }
        catch (ModelBuildException error) when (!error.Message.StartsWith("Node ", StringComparison.Ordinal))
        {
            throw new ModelBuildException(error.Code, $"Node {node.Name} ({node.Op}): {error.Message}", error.File, error);
        }
        catch (OverflowException error)
        {
            throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"Node {node.Name} ({node.Op}): a number is too great.", null, error);
        }
    }

    private static Value Constant(NodeDef node) => GraphBuilder.Constant(node.Name, TensorReader.Read(new Attributes(node).Tensor("value")));

    private IReadOnlyList<Value> Operation(NodeDef node)
    {
        ImportOperation import = OperationTable.Find(node.Op)
            ?? throw new ModelBuildException(DiagnosticCode.UnsupportedOperations, $"the operation {node.Op} is not supported.");
        IReadOnlyList<Value> inputs = [.. NodeInput.DataOf(node).Select(Find)];
        ImportContext context = new(node, node.Name, inputs, builder);
        IReadOnlyList<Value> outputs = import(context);
        context.Attributes.RequireAllRead();
        return outputs;
    }
}
