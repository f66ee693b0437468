using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Benchmarks.Contenders;

/// <summary>The reference executor, which runs the optimised float graph for calibration.</summary>
internal sealed class ReferenceContender(string path) : IContender
{
    private readonly ModelGraph _graph = PassPipeline.Run(GraphImporter.Import(path, new ImportOptions()));

    public string Name => "reference executor";

    /// <summary>Elements of the input.</summary>
    public int InputLength => _graph.Inputs[0].Shape.Count;

    /// <summary>Elements of the output.</summary>
    public int OutputLength => _graph.Outputs[0].Shape.Count;

    public void Run(float[] input, float[] output) =>
        ReferenceExecutor.Run(_graph, [Tensor.Of(_graph.Inputs[0].Shape, input)])[0].Elements<float>().CopyTo(output);

    public void Dispose()
    {
    }
}
