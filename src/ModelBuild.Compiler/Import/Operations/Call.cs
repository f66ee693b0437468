using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports calls of functions of the library: in place.</summary>
internal static class CallImport
{
    /// <summary>PartitionedCall and StatefulPartitionedCall.</summary>
    public static IReadOnlyList<Value> Partitioned(ImportContext context)
    {
        context.Attributes.Ignore("config", "config_proto", "executor_type");
        return Inline(context, Function(context, "f"));
    }

    /// <summary>A node whose operation is a function; its attributes are the function's.</summary>
    public static IReadOnlyList<Value> ByName(ImportContext context)
    {
        context.Attributes.Ignore([.. context.Node.Attr.Keys]);
        return Inline(context, context.Scope.Session.Functions.Read(context.Operation, context.Node.Attr));
    }

    /// <summary>The function that an attribute names.</summary>
    public static GraphFunction Function(ImportContext context, string attribute) =>
        Function(context, context.Attributes.Function(attribute));

    /// <summary>The function of a name and attributes.</summary>
    public static GraphFunction Function(ImportContext context, NameAttrList function) =>
        context.Scope.Session.Functions.Read(function.Name, function.Attr);

    private static IReadOnlyList<Value> Inline(ImportContext context, GraphFunction function) => context.Scope.Inline(
        function, context.Inputs, Naming.Inside(context.Name), context.Scope.Read(context.Node.Name, function.Outputs.Count));
}
