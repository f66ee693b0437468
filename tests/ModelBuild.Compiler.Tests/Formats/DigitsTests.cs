using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Tests.Formats;

/// <summary>One network in each format gives what TensorFlow gives for its frozen graph.</summary>
public class DigitsTests
{
    private const int Images = 40;
    private const float Tolerance = 1e-5f;

    private static readonly Tensor Test = NpyFile.Read(Repository.Path("samples/Digits/test.npy"));
    private static readonly Tensor Expected = NpyFile.Read(Repository.Path("samples/Digits/digits_test_probs.npy"));

    [Theory]
    [InlineData("samples/Digits/digits.pb")]
    [InlineData("tests/data/digits/digits_saved_model")]
    [InlineData("tests/data/digits/digits_saved_model/saved_model.pb")]
    [InlineData("tests/data/digits/digits.h5")]
    [InlineData("tests/data/digits/digits.keras")]
    public void Each_format_gives_the_same(string path)
    {
        ModelGraph graph = GraphImporter.Import(Repository.Path(path), new ImportOptions());

        Assert.Equal("image", Assert.Single(graph.Inputs).Name);
        // The other formats know the output by the name of its layer.
        if (!path.EndsWith("digits.pb", StringComparison.Ordinal)) Assert.Equal("probabilities", Assert.Single(graph.OutputNames));
        AssertGivesTheDigits(graph);
    }

    /// <summary>The graph gives TensorFlow's outputs for the first images of the test split.</summary>
    internal static void AssertGivesTheDigits(ModelGraph graph, float tolerance = Tolerance)
    {
        int pixels = Test.Count / Test.Shape[0], classes = Expected.Shape[1];
        for (int image = 0; image < Images; image++)
        {
            Tensor input = Tensor.Of(graph.Inputs[0].Shape, Test.Elements<float>().Slice(image * pixels, pixels).ToArray());
            ReadOnlySpan<float> got = ReferenceExecutor.Run(graph, [input])[0].Elements<float>(),
                want = Expected.Elements<float>().Slice(image * classes, classes);
            for (int c = 0; c < classes; c++) Assert.InRange(got[c], want[c] - tolerance, want[c] + tolerance);
        }
    }
}
