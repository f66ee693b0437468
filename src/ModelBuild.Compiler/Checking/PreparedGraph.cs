using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Reference;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Checking;

/// <summary>The graph of a case made ready for inputs of certain shapes.</summary>
internal sealed class PreparedGraph
{
    private readonly ModelGraph _graph;
    private readonly Func<IReadOnlyDictionary<string, Tensor>, IReadOnlyList<Tensor>> _run;

    /// <param name="check">The case.</param>
    /// <param name="definition">What is in its file.</param>
    /// <param name="inputs">Tensors of the shapes that it is to take, by name.</param>
    /// <param name="path">Which way it is to be executed.</param>
    /// <exception cref="Diagnostics.ModelBuildException">It cannot be imported or lowered.</exception>
    public PreparedGraph(CheckCase check, GraphDef definition, IReadOnlyDictionary<string, Tensor> inputs, CheckPath path)
    {
        ImportOptions options = new()
        {
            Inputs = [.. inputs.Keys],
            Outputs = check.Outputs,
            InputShape = (name, shape) => inputs.TryGetValue(name, out Tensor? tensor) ? tensor.Shape : shape,
        };
        _graph = GraphImporter.Import(definition, options, check.ModelPath);
        _run = path switch
        {
            CheckPath.Import => Reference(_graph),
            CheckPath.Passes => Reference(PassPipeline.Run(_graph)),
            _ => Compiled(check, definition, inputs, options),
        };
    }

    /// <summary>The inputs have the shapes that the graph was made ready for.</summary>
    public bool Takes(IReadOnlyDictionary<string, Tensor> inputs) =>
        _graph.Inputs.All(input => inputs[input.Name].Shape.Equals(input.Shape));

    /// <summary>The outputs of a call.</summary>
    public IReadOnlyList<Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs) => _run(inputs);

    private static Func<IReadOnlyDictionary<string, Tensor>, IReadOnlyList<Tensor>> Reference(ModelGraph graph) =>
        inputs => ReferenceExecutor.Run(graph, [.. graph.Inputs.Select(input => inputs[input.Name])]);

    private Func<IReadOnlyDictionary<string, Tensor>, IReadOnlyList<Tensor>> Compiled(
        CheckCase check, GraphDef definition, IReadOnlyDictionary<string, Tensor> inputs, ImportOptions options)
    {
        IReadOnlyDictionary<string, Tensor> decoded = DecodedFiles.Of(_graph, inputs);
        ImportOptions compiled = options with { DecodedShape = (name, _, _) => DecodedFiles.Batch(decoded[name]).Shape };
        ModelGraph graph = decoded.Count == 0 ? _graph : GraphImporter.Import(definition, compiled, check.ModelPath);
        graph = PassPipeline.Run(graph);
        PlanExecutor executor = Executor(graph, check);
        return given =>
        {
            IReadOnlyDictionary<string, Tensor> files = DecodedFiles.Of(_graph, given);
            return executor.Run([.. graph.Inputs.Select(input => given.GetValueOrDefault(input.Name) ?? DecodedFiles.Batch(files[input.Name]))]);
        };
    }

    private static PlanExecutor Executor(ModelGraph graph, CheckCase check)
    {
        PlanHeader header = new()
        {
            Source = check.FullName, ClassName = "Case", Namespace = "", Access = "internal", Resource = "Case.weights",
        };
        LoweredModel lowered = Lowerer.Lower(QuantizedGraph.Float(graph), header);
        // Through the text form, since that is what the generator gets.
        return new PlanExecutor(PlanReader.Read(PlanWriter.Write(lowered.Plan)), lowered.Blob);
    }
}
