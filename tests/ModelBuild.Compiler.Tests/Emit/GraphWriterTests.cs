using ModelBuild.Compiler.Emit;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Tests.Formats;

namespace ModelBuild.Compiler.Tests.Emit;

/// <summary>Graphs that were written back, read again, give what the model gave.</summary>
public sealed class GraphWriterTests : IDisposable
{
    private const float HalfTolerance = 0.01f, Int8Tolerance = 0.1f;

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pb");

    public void Dispose() => File.Delete(_file);

    public static TheoryData<string> Models =>
    [
        "samples/Digits/digits.pb", "samples/Digits/digits_tf1.pb", "tests/data/digits/digits_saved_model", "tests/data/digits/digits.h5",
            "tests/data/digits/digits.keras",
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_frozen_model_gives_the_same(string model)
    {
        GraphDef graph = GraphWriter.Freeze(Repository.Path(model), new ImportOptions());
        Assert.DoesNotContain(graph.Node, node => node.Op is "NoOp" or "VarHandleOp" or "ReadVariableOp" or "StatefulPartitionedCall");
        DigitsTests.AssertGivesTheDigits(Written(graph));
        // What was frozen freezes to itself.
        Assert.Equal(graph, GraphWriter.Freeze(_file, new ImportOptions()));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Folded_layers_give_the_same(string model)
    {
        GraphDef graph = GraphWriter.Compress(Repository.Path(model), new ImportOptions(), WeightPrecision.Float32);
        Assert.Equal((5, 4, 1, 10), (Count("Conv2D"), Count("DepthwiseConv2dNative"), Count("MatMul"), Count("BiasAdd")));
        Assert.Equal(0, Count("FusedBatchNormV3") + Count("Rsqrt"));
        DigitsTests.AssertGivesTheDigits(Written(graph));

        int Count(string operation) => graph.Node.Count(node => node.Op == operation);
    }

    [Theory]
    [InlineData(nameof(WeightPrecision.Half), HalfTolerance, 0.5)]
    [InlineData(nameof(WeightPrecision.Int8), Int8Tolerance, 0.4)]
    public void Weights_in_fewer_bits_give_nearly_the_same(string precision, float tolerance, double size)
    {
        string model = Repository.Path("samples/Digits/digits.pb");
        ModelGraph graph = Written(GraphWriter.Compress(model, new ImportOptions(), Enum.Parse<WeightPrecision>(precision)));
        DigitsTests.AssertGivesTheDigits(graph, tolerance);
        Assert.InRange(new FileInfo(_file).Length, 0, new FileInfo(model).Length * size);
    }

    [Fact]
    public void The_batch_stays_open()
    {
        GraphDef graph = GraphWriter.Compress(Repository.Path("samples/Digits/digits.pb"), new ImportOptions(), WeightPrecision.Int8);
        Assert.Equal(-1, graph.Node.Single(node => node.Op == "Placeholder").Attr["shape"].Shape.Dim[0].Size);
    }

    [Fact]
    public void A_graph_cut_inside_begins_and_ends_there()
    {
        ImportOptions options = new() { Inputs = ["digits/pool/Mean"], Outputs = ["digits/probabilities/MatMul"] };
        GraphDef graph = GraphWriter.Freeze(Repository.Path("samples/Digits/digits.pb"), options);
        Assert.Equal(["Const", "MatMul", "Placeholder"], graph.Node.Select(node => node.Op).Order());
        Assert.Equal("digits/pool/Mean", graph.Node.Single(node => node.Op == "Placeholder").Name);
    }

    [SkippableTheory]
    [InlineData("Layers")]
    [InlineData("Tf1Layers")]
    [InlineData("UnfusedBatchNorm")]
    [InlineData("PartitionedCall")]
    [InlineData("While")]
    public void Folded_graphs_of_the_corpus_give_the_same(string family)
    {
        foreach (string folder in Directory.GetDirectories(Corpus.Path("ops", family)))
        {
            OperationCase example = OperationCase.Read(folder);
            GraphDef graph = GraphWriter.Compress(example.GraphPath, example.Ends, WeightPrecision.Float32);
            GraphWriter.Write(_file, graph);
            example.AssertGivesTheOutputs(_file);
        }
    }

    private ModelGraph Written(GraphDef graph)
    {
        GraphWriter.Write(_file, graph);
        return GraphImporter.Import(_file, new ImportOptions());
    }
}
