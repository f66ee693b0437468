using ModelBuild.Compiler;
using ModelBuild.Plan;

namespace ModelBuild.Tasks.Tests;

/// <summary>What one build leaves for the next.</summary>
public sealed class ModelOutputTests : IDisposable
{
    private static readonly ModelPlan Plan = new()
    {
        Source = "a.pb", ClassName = "A", Namespace = "", Access = "internal", Resource = "ModelBuild.A", BlobBytes = 3, ArenaBytes = 64,
        Inputs = [], Outputs = [], Buffers = [], Layers = [],
    };

    private static readonly CompiledModel Compiled = new(Plan, [1, 2, 3], new CompressionReport
    {
        Source = "a.pb", ClassName = "A", SourceBytes = 9, CompressedBytes = 3, Quantize = QuantizeMode.Static, MultiplyAdds = 0, FloatLayers = 0, Warnings = ["MB2004: one\nand two"],
    });

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_next_build_finds_what_was_written()
    {
        Output().Write("key", Compiled);
        ModelOutput found = Output();
        Assert.True(found.IsCurrent("key"));
        Assert.False(found.IsCurrent("other"));
        Assert.Equal(("ModelBuild.A", Compiled.Report.Summary), (found.Resource, found.Summary));
        Assert.Equal(["MB2004: one and two"], found.Warnings);
        Assert.Equal(PlanWriter.Write(Plan), File.ReadAllText(found.PlanPath));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(found.WeightsPath));
    }

    [Fact]
    public void Unchanged_files_keep_their_time()
    {
        Output().Write("key", Compiled);
        DateTime old = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Output().PlanPath, old);
        File.SetLastWriteTimeUtc(Output().WeightsPath, old);
        Output().Write("new key", Compiled with { Blob = [1, 2, 4] });
        Assert.Equal(old, File.GetLastWriteTimeUtc(Output().PlanPath));
        Assert.NotEqual(old, File.GetLastWriteTimeUtc(Output().WeightsPath));
    }

    [Theory]
    [InlineData(".plan")]
    [InlineData(".weights")]
    [InlineData(".report.json")]
    [InlineData(".report.html")]
    [InlineData(".state")]
    public void A_missing_file_makes_all_count_as_absent(string extension)
    {
        Output().Write("key", Compiled);
        File.Delete(Output().Files.Single(file => file.EndsWith(extension, StringComparison.Ordinal)));
        Assert.False(Output().Exists);
        Assert.False(Output().IsCurrent("key"));
    }

    private ModelOutput Output() => new(Path.Combine(_folder.Path, "a"));
}
