using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Passes;

/// <summary>The passes over a graph, in order. Each has its reason in its own file.</summary>
internal static class PassPipeline
{
    /// <summary>A pass: a graph to a graph of the same inputs and outputs.</summary>
    public delegate ModelGraph Pass(ModelGraph graph);

    /// <summary>The last pass that leaves batch normalisations as they were imported.</summary>
    public const string BeforeFolding = "products with constant weights";

    /// <summary>Names and passes. Constants are folded throughout, whenever a node is added.</summary>
    public static readonly IReadOnlyList<(string Name, Pass Run)> Passes =
    [
        ("select between branches", ConditionalSelection.Run),
        ("remove dropout", DropoutRemoval.Run),
        ("simplify", Simplification.Run),
        ("cancel transposes", TransposeCancellation.Run),
        ("recognise functions", FunctionRecognition.Run),
        ("matrix products of Einstein sums", EinsumToMatMul.Run),
        (BeforeFolding, ConstantWeights.Run),
        ("batch norms to factors and addends", BatchNormDecomposition.Run),
        ("fold factors and addends into weights", AffineFolding.Run),
        ("fold padding into convolutions", PaddingFolding.Run),
        ("fuse activations", ActivationFusion.Run),
        ("factors and addends to depthwise convolutions", AffineToDepthwise.Run),
        ("fuse activations", ActivationFusion.Run),
    ];

    /// <summary>Runs all passes and checks the graph after each.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="last">Name of the last pass to run, to look at what it made; null for all.</param>
    public static ModelGraph Run(ModelGraph graph, string? last = null)
    {
        GraphInvariants.Check(graph, "import");
        foreach ((string name, Pass run) in Passes)
        {
            graph = run(graph);
            GraphInvariants.Check(graph, name);
            if (name == last) break;
        }
        return graph;
    }
}
