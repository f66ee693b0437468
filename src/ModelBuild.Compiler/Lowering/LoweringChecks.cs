using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Lowering;

/// <summary>What must hold of a graph before it is lowered.</summary>
internal static class LoweringChecks
{
    // More lines do not help anyone.
    private const int MostNamed = 10;

    /// <summary>Throws unless every operation has a kernel and every shape is static.</summary>
    public static void Check(ModelGraph graph)
    {
        // First, as it may be the cause that nodes without kernel are there.
        foreach (Value input in graph.Inputs)
            if (!input.Shape.IsStatic) throw Dynamic($"Input {input.Name} has the shape {input.Shape}.");
        string[] unsupported = [.. graph.Nodes.Select(Unsupported).OfType<string>()];
        if (unsupported.Length > 0)
        {
            string more = unsupported.Length > MostNamed ? $"; and {unsupported.Length - MostNamed} more" : "";
            throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
                $"There is no kernel for {string.Join("; ", unsupported.Take(MostNamed))}{more}. "
                + "Set Inputs or Outputs so that these nodes are left out.");
        }
        foreach (Node node in graph.Nodes)
        {
            string where = $"node {node.Name} ({node.Operation.GetType().Name})";
            foreach (Value output in node.Outputs)
                if (!output.Shape.IsStatic) throw Dynamic($"The output of {where} has the shape {output.Shape}.");
            foreach (Value value in node.Inputs.Concat(node.Outputs)) CheckType(value, where);
        }
        foreach (Value value in graph.Inputs.Concat(graph.Outputs)) CheckType(value, "its interface");
    }

    private static string? Unsupported(Node node)
    {
        string? reason = LoweringOperations.WhyNot(node);
        if (reason is null) return null;
        return $"{node.Name} ({node.Operation.GetType().Name}{(reason.Length > 0 ? ": " : "")}{reason})";
    }

    private static void CheckType(Value value, string where)
    {
        if (PlanTypes.Name(value.Type) is null)
        {
            throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
                $"The model cannot be compiled: {where} uses {value.Name} of type {value.Type}, "
                + "and predictors only know numbers and truth values. "
                + "Set Inputs or Outputs so that this part of the graph is left out.");
        }
    }

    private static ModelBuildException Dynamic(string what) => new(DiagnosticCode.DynamicShape,
        $"{what} A compiled model needs all dimensions at build time, since its working memory is planned then. "
        + "Freeze the model with a fixed input shape, or set Outputs to nodes before this one.");
}
