using ModelBuild.Compiler.Checking;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Tests.Import;

/// <summary>Loops that are usually written out give TensorFlow's outputs as loops too: with lists, nested, with shapes that grow.</summary>
public sealed class KeptLoopTests
{
    [SkippableTheory]
    [InlineData("While")]
    [InlineData("TensorArray")]
    [InlineData("Tf1Layers")]
    [InlineData("Layers")]
    public void GiveTheSame(string family)
    {
        int loops = 0;
        foreach (CheckCase check in CheckCases.Find([Corpus.Path("ops", family)]))
        {
            CheckSample sample = check.Samples[0];
            Dictionary<string, Tensor> inputs = sample.Inputs.ToDictionary(input => input.Key, input => NpyFile.Read(input.Value));
            ModelGraph graph = GraphImporter.Import(check.ModelPath, new ImportOptions
            {
                Inputs = [.. inputs.Keys],
                Outputs = check.Outputs,
                InputShape = (name, _) => inputs[name].Shape,
                MostRounds = 0,
            });
            if (!graph.Nodes.Any(node => node.Operation is While)) continue;
            loops++;
            IReadOnlyList<Tensor> got = ReferenceExecutor.Run(graph, [.. graph.Inputs.Select(input => inputs[input.Name])]);
            for (int i = 0; i < got.Count; i++)
            {
                Tensor want = NpyFile.Read(sample.Outputs[i]);
                Assert.True(TensorComparison.Compare(got[i], want, check.ToleranceOf(want)) is null, $"{check.FullName}: output {i}");
            }
        }
        Assert.True(loops > 5, $"only {loops} loops");
    }
}
