using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Tests.Formats;

/// <summary>Keras layers give what TensorFlow computes for them; the models are in tests/data/keras.</summary>
public class KerasLayerTests
{
    private const float Absolute = 1e-4f, Relative = 1e-3f;

    public static TheoryData<string> Models =>
        [.. Directory.GetDirectories(Repository.Path("tests/data/keras")).Select(folder => Path.GetFileName(folder)!).Order()];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_gives_what_TensorFlow_gives(string name)
    {
        string folder = Repository.Path($"tests/data/keras/{name}");
        Dictionary<string, Tensor> inputs =
            Directory.GetFiles(folder, "in_*.npy").ToDictionary(file => Path.GetFileNameWithoutExtension(file)["in_".Length..],
                NpyFile.Read);
        ImportOptions options = new() { InputShape = (input, _) => inputs[input].Shape };

        ModelGraph graph = GraphImporter.Import(Directory.GetFiles(folder, "model.*").Single(), options);
        IReadOnlyList<Tensor> outputs = ReferenceExecutor.Run(graph, [.. graph.Inputs.Select(input => inputs[input.Name])]);

        for (int i = 0; i < outputs.Count; i++)
        {
            Tensor expected = NpyFile.Read(Path.Combine(folder, $"out_{i}.npy"));
            Assert.Equal(expected.Shape, outputs[i].Shape);
            for (int element = 0; element < expected.Count; element++)
            {
                float want = expected.Elements<float>()[element], got = outputs[i].Elements<float>()[element];
                Assert.InRange(got, want - Absolute - Relative * Math.Abs(want), want + Absolute + Relative * Math.Abs(want));
            }
        }
    }
}
