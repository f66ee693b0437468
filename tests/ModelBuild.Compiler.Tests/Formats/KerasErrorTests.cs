using System.IO.Compression;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import;

namespace ModelBuild.Compiler.Tests.Formats;

/// <summary>What is said of Keras files that cannot be compiled.</summary>
public sealed class KerasErrorTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".keras");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void All_unknown_layers_are_listed_with_their_names()
    {
        ModelBuildException error = Fails(config => config.Replace("\"ReLU\"", "\"Fancy\"").Replace("\"Dropout\"", "\"Lambda\""));
        Assert.Equal(DiagnosticCode.UnsupportedOperations, error.Code);
        Assert.Contains("Fancy (stem_relu, block1_dw_relu,", error.Message, StringComparison.Ordinal);
        Assert.Contains("Lambda (dropout)", error.Message, StringComparison.Ordinal);
        Assert.Contains("SavedModel", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"units\": 10", "\"units\": 11", DiagnosticCode.InvalidGraph,
        "Layer probabilities (Dense): its variable kernel has the shape [96,10]")]
    [InlineData("\"units\": 10", "\"units\": \"ten\"", DiagnosticCode.InvalidGraph, "unexpected units = ten")]
    [InlineData("\"softmax\"", "\"sparsest\"", DiagnosticCode.UnsupportedAttribute, "the activation sparsest is not supported")]
    [InlineData("[\"image\", 0, 0, {}]", "[\"missing\", 0, 0, {}]", DiagnosticCode.InvalidGraph, "depends on a layer that is missing")]
    [InlineData("\"class_name\": \"Functional\"", "\"class_name\": \"MyModel\"", DiagnosticCode.UnsupportedOperations, "MyModel")]
    [InlineData("{\"module\"", "{module", DiagnosticCode.InvalidGraph, "cannot be read")]
    public void Descriptions_that_do_not_fit_are_explained(string before, string after, DiagnosticCode code, string says)
    {
        ModelBuildException error = Fails(config => config.Replace(before, after));
        Assert.Equal(code, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(_file, error.File);
    }

    [Fact]
    public void Weights_without_a_model_are_named_as_such()
    {
        using (ZipArchive archive = ZipFile.OpenRead(Repository.Path("tests/data/digits/digits.keras")))
            archive.GetEntry("model.weights.h5")!.ExtractToFile(_file);
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => GraphImporter.Import(_file, new ImportOptions()));
        Assert.Equal(DiagnosticCode.WrongFormat, error.Code);
        Assert.Contains("only the weights", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_archive_is_no_model()
    {
        using (ZipArchive archive = ZipFile.Open(_file, ZipArchiveMode.Create)) archive.CreateEntry("readme.txt");
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => GraphImporter.Import(_file, new ImportOptions()));
        Assert.Equal(DiagnosticCode.WrongFormat, error.Code);
    }

    private ModelBuildException Fails(Func<string, string> edit) =>
        Assert.Throws<ModelBuildException>(() => GraphImporter.Import(Edited(edit), new ImportOptions()));

    /// <summary>The digits with another description.</summary>
    private string Edited(Func<string, string> edit)
    {
        File.Copy(Repository.Path("tests/data/digits/digits.keras"), _file);
        using ZipArchive archive = ZipFile.Open(_file, ZipArchiveMode.Update);
        ZipArchiveEntry entry = archive.GetEntry("config.json")!;
        string config;
        using (StreamReader reader = new(entry.Open())) config = reader.ReadToEnd();
        entry.Delete();
        using StreamWriter writer = new(archive.CreateEntry("config.json").Open());
        writer.Write(edit(config));
        return _file;
    }
}
