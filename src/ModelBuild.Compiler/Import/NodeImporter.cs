using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Operations;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>Imports one node whose inputs have been, and says which it was when something is wrong.</summary>
internal static class NodeImporter
{
    /// <summary>The outputs of a node.</summary>
    /// <exception cref="ModelBuildException">It cannot be imported.</exception>
    public static IReadOnlyList<Value> Import(Scope scope, NodeDef node)
    {
        if (node.Op == "Const")
        {
            Tensor constant = scope.Session.Constant(new Attributes(node).Tensor("value"), scope.Builder.Budget);
            return [GraphBuilder.Constant(scope.Name(node.Name), constant)];
        }
        return Import(scope, node, [.. scope.Index.Inputs(node).Select(scope.Find)]);
    }

    /// <summary>The outputs of a node, which is no constant, for certain inputs.</summary>
    /// <exception cref="ModelBuildException">It cannot be imported.</exception>
    public static IReadOnlyList<Value> Import(Scope scope, NodeDef node, IReadOnlyList<Value> inputs)
    {
        bool isCall = scope.Session.Functions.Find(node.Op) is not null;
        ImportOperation import = isCall ? CallImport.ByName : OperationTable.Find(node.Op) ?? throw scope.Session.Unsupported(node);
        ImportContext context = new(node, scope.Name(node.Name), inputs, scope);
        IReadOnlyList<Value> outputs = import(context);
        context.Attributes.RequireAllRead();
        return outputs;
    }

    /// <summary>Runs a part of a node's import; whatever goes wrong becomes an error that names the node.</summary>
    /// <exception cref="ModelBuildException">It cannot be imported; the message names the node.</exception>
    public static TResult Guard<TResult>(NodeDef node, Func<TResult> part)
    {
        try
        {
            return part();
        }
        catch (ModelBuildException error) when (error.File is null && !NamesNode(error))
        {
            throw new ModelBuildException(error.Code, $"Node {node.Name} ({node.Op}): {error.Message}", null, error);
        }
        catch (OverflowException error)
        {
            throw new ModelBuildException(
                DiagnosticCode.InvalidGraph, $"Node {node.Name} ({node.Op}): a number is too great.", null, error);
        }
        // Operations count on inputs of the number, types and ranks that TensorFlow gives them; a damaged graph has others.
        catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException or KeyNotFoundException or FormatException
            or InvalidOperationException or InvalidCastException or NullReferenceException or NotSupportedException
            or DivideByZeroException or OutOfMemoryException)
        {
            throw new ModelBuildException(DiagnosticCode.InvalidGraph,
                $"Node {node.Name} ({node.Op}): its inputs or attributes are not those of the operation ({error.Message}).", null, error);
        }
    }

    private static bool NamesNode(ModelBuildException error) => error.Message.StartsWith("Node ", StringComparison.Ordinal)
        || error.Code is DiagnosticCode.UnsupportedOperations or DiagnosticCode.NotFrozen;
}
