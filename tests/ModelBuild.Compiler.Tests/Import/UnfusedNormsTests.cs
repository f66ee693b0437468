using ModelBuild.Compiler.Calibration.DataFree;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Tests.Import;

public class UnfusedNormsTests
{
    [Theory]
    [InlineData("image")]
    [InlineData("no_offset")]
    public void What_is_found_computes_what_TensorFlow_gave(string name)
    {
        string folder = Repository.Path($"tests/data/ops/UnfusedBatchNorm/{name}");
        UnfusedNorm norm = Assert.Single(UnfusedNorms.Of(GraphFile.Read(Path.Combine(folder, "graph.pb"))));
        float[] x = (float[])NpyFile.Read(Path.Combine(folder, "in_x.npy")).Data;
        float[] y = (float[])NpyFile.Read(Path.Combine(folder, "out_0.npy")).Data;
        Assert.Equal("x", norm.Input);
        Assert.Equal(name == "no_offset", norm.Offset is null);
        for (int i = 0; i < y.Length; i++)
        {
            int c = i % norm.Mean.Length;
            double normal = (x[i] - norm.Mean[c]) / Math.Sqrt(norm.Variance[c] + norm.Epsilon);
            Assert.Equal(normal * (norm.Scale?[c] ?? 1) + (norm.Offset?[c] ?? 0), y[i], 1e-4);
        }
    }

    [Fact]
    public void A_network_has_the_same_statistics_in_both_forms()
    {
        (ModelGraph graph, NormStatistics norms) = Statistics("digits.pb");
        (ModelGraph unfused, NormStatistics found) = Statistics("digits_tf1.pb");
        string[] names = [.. Names(graph, norms)], others = [.. Names(unfused, found)];
        Assert.Equal(9, names.Length);
        Assert.Equal(names.Length, others.Length);
        for (int layer = 0; layer < names.Length; layer++)
        {
            ChannelMoments[] told = norms.Sum(names[layer])!, same = found.Sum(others[layer])!;
            for (int c = 0; c < told.Length; c++)
            {
                Assert.Equal(told[c].Mean, same[c].Mean, 1e-5);
                Assert.Equal(told[c].Variance, same[c].Variance, 1e-5);
            }
        }

        static IEnumerable<string> Names(ModelGraph graph, NormStatistics norms) =>
            from node in graph.Nodes
            where WeightedLayer.Is(node.Operation) && norms.Sum(node.Output.Name) is not null
            select node.Output.Name;
    }

    private static (ModelGraph Graph, NormStatistics Norms) Statistics(string file)
    {
        string path = Repository.Path($"samples/Digits/{file}");
        ModelGraph imported = GraphImporter.Import(path, new ImportOptions());
        IReadOnlyList<UnfusedNorm> unfused = UnfusedNorms.Of(GraphFile.Read(path));
        return (PassPipeline.Run(imported), NormStatistics.Of(PassPipeline.Run(imported, PassPipeline.BeforeFolding), unfused));
    }
}
