using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>From a graph whose numbers are decided to a plan of kernels, a working memory and a weights blob.</summary>
internal static class Lowerer
{
    /// <summary>Lowers a graph. The same graph gives the same plan and blob.</summary>
    /// <param name="graph">The graph; shapes are static.</param>
    /// <param name="header">Names, and what callers may hand over.</param>
    /// <exception cref="ModelBuildException">
    /// An operation has no kernel (MB1006), a shape depends on the data (MB1010); the message names the node.
    /// </exception>
    public static LoweredModel Lower(QuantizedGraph graph, PlanHeader header)
    {
        LoweringChecks.Check(graph.Graph);
        LoweringContext context = new(graph);
        foreach (Node node in graph.Graph.Nodes) LoweringOperations.Lower(context, node);
        PlanPort[] outputs = PortLowering.Outputs(context, header, graph.Graph);
        PlanPort[] inputs = PortLowering.Inputs(context, header, graph.Graph.Inputs);
        return new PlanAssembly(context).Assemble(header, inputs, outputs);
    }
}
