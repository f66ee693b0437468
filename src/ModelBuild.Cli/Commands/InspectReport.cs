using ModelBuild.Compiler;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Reporting;

namespace ModelBuild.Cli.Commands;

/// <summary>What modelbuild inspect found; the JSON output as it stands.</summary>
internal sealed record InspectReport
{
    /// <summary>Name of the file.</summary>
    public required string File { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Operations of the file, functions included, by how many nodes each has.</summary>
    public required IReadOnlyDictionary<string, int> TensorFlowOperations { get; init; }

    public IReadOnlyList<InspectPort> Inputs { get; init; } = [];

    public IReadOnlyList<InspectPort> Outputs { get; init; } = [];

    /// <summary>The graph's operations before the passes.</summary>
    public IReadOnlyDictionary<string, int> Imported { get; init; } = new Dictionary<string, int>();

    /// <summary>What each pass did, in order.</summary>
    public IReadOnlyList<InspectPass> Passes { get; init; } = [];

    /// <summary>The nodes after all passes.</summary>
    public IReadOnlyList<InspectLayer> Layers { get; init; } = [];

    /// <summary>Elements of all constants that were trained, after the passes.</summary>
    public long Parameters { get; init; }

    /// <summary>Of a call; null where shapes are not known.</summary>
    public long? MultiplyAdds { get; init; }

    /// <summary>Why the model cannot be compiled; empty if it can.</summary>
    public IReadOnlyList<InspectProblem> Problems { get; init; } = [];

    /// <exception cref="ModelBuildException">The file is no graph at all.</exception>
    public static InspectReport Of(ModelOptions options)
    {
        ImportOptions ends = ImportOptions.Of(options);
        GraphDef definition = GraphFile.Read(options.ModelPath, ends);
        InspectReport file = new()
        {
            File = ModelFiles.Name(options.ModelPath),
            Bytes = ModelFiles.Size(options.ModelPath),
            TensorFlowOperations = Counts(Nodes(definition).Select(node => node.Op)),
        };
        try
        {
            return file.With(GraphImporter.Import(definition, ends, options.ModelPath));
        }
        catch (ModelBuildException error)
        {
            return file with { Problems = [InspectProblem.Of(error)] };
        }
    }

    private InspectReport With(ModelGraph graph)
    {
        InspectReport imported = this with
        {
            Inputs = Ports(graph.Inputs.Select(input => input.Name), graph.Inputs),
            Outputs = Ports(graph.OutputNames, graph.Outputs),
            Imported = Operations(graph),
        };
        List<InspectPass> passes = [];
        IReadOnlyDictionary<string, int> before = imported.Imported;
        foreach ((string name, PassPipeline.Pass run) in PassPipeline.Passes)
        {
            graph = run(graph);
            IReadOnlyDictionary<string, int> after = Operations(graph);
            passes.Add(new InspectPass(name, graph.Nodes.Length, Changes(before, after)));
            before = after;
        }
        InspectLayer[] layers = [.. graph.Nodes.Select(InspectLayer.Of)];
        return imported with
        {
            Passes = passes,
            Layers = layers,
            Parameters = Trained(graph).Sum(value => (long)value.Constant!.Count),
            MultiplyAdds = layers.All(layer => layer.MultiplyAdds is not null) ? layers.Sum(layer => layer.MultiplyAdds) : null,
            Problems = Lower(graph) is { } problem ? [problem] : [],
        };
    }

    /// <summary>What keeps the graph from becoming a plan; in float32, which is what every other precision falls back to.</summary>
    private static InspectProblem? Lower(ModelGraph graph)
    {
        try
        {
            PlanHeader header = new() { Source = "", ClassName = "Model", Namespace = "", Access = "internal", Resource = "" };
            Lowerer.Lower(QuantizedGraph.Float(graph), header);
            return null;
        }
        catch (ModelBuildException error)
        {
            return InspectProblem.Of(error);
        }
    }

    private static IEnumerable<NodeDef> Nodes(GraphDef definition) =>
        definition.Node.Concat(definition.Library?.Function.SelectMany(function => function.NodeDef) ?? []);

    private static IEnumerable<Value> Trained(ModelGraph graph) =>
        graph.Nodes.SelectMany(node => node.Inputs).Where(NodeCost.IsParameter).Distinct();

    private static InspectPort[] Ports(IEnumerable<string> names, IEnumerable<Value> values) =>
        [.. names.Zip(values, (name, value) => new InspectPort(name, value.Type, value.Shape.ToString()))];

    private static IReadOnlyDictionary<string, int> Operations(ModelGraph graph) =>
        Counts(graph.Nodes.Select(node => OperationName.Of(node.Operation)));

    private static OrderedDictionary<string, int> Counts(IEnumerable<string> names) =>
        new(names.CountBy(name => name).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal));

    private static OrderedDictionary<string, int> Changes(
        IReadOnlyDictionary<string, int> before, IReadOnlyDictionary<string, int> after) =>
        new(before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(name => KeyValuePair.Create(name, after.GetValueOrDefault(name) - before.GetValueOrDefault(name)))
            .Where(change => change.Value != 0));
}

/// <summary>An input or output.</summary>
internal sealed record InspectPort(string Name, DataType Type, string Shape)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Type}{Shape}";
}

/// <summary>What a pass did.</summary>
/// <param name="Name">Of the pass.</param>
/// <param name="Nodes">How many there are after it.</param>
/// <param name="Changes">By operation, how many there are more (positive) or less than before.</param>
internal sealed record InspectPass(string Name, int Nodes, IReadOnlyDictionary<string, int> Changes);

/// <summary>A node after the passes.</summary>
internal sealed record InspectLayer(string Name, string Operation, string Output, long Parameters, long? MultiplyAdds)
{
    public static InspectLayer Of(Node node)
    {
        NodeCost cost = NodeCost.Of(node);
        string output = string.Join(" ", node.Outputs.Select(output => output.Shape));
        return new InspectLayer(node.Name, OperationName.Of(node.Operation), output, cost.Parameters, cost.MultiplyAdds);
    }
}

/// <summary>Something that stands in the way of compiling the model.</summary>
internal sealed record InspectProblem(string Code, string Message)
{
    public static InspectProblem Of(ModelBuildException error) =>
        new(FormattableString.Invariant($"MB{(int)error.Code:0000}"), error.Message);
}
