using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;

namespace ModelBuild.Compiler.Tests.Formats;

/// <summary>Files that were cut off or changed give an error with a code, or the graph if it does not matter; and nothing else.</summary>
public sealed class DamageTests : IDisposable
{
    private const string Graph = "saved_model.pb", Index = "variables/variables.index", Data = "variables/variables.data-00000-of-00001";
    private const int Changes = 100, Seed = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("modelbuild-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("digits.h5", "")]
    [InlineData("digits.keras", "")]
    [InlineData("digits_saved_model", Graph)]
    [InlineData("digits_saved_model", Index)]
    [InlineData("digits_saved_model", Data)]
    public void A_file_cut_off_anywhere_is_an_error(string model, string part)
    {
        (string path, string file) = Copy(model, part);
        byte[] whole = File.ReadAllBytes(file);
        foreach (double kept in (double[])[0, 0.0001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999])
        {
            File.WriteAllBytes(file, whole[..(int)(whole.Length * kept)]);
            ModelBuildException error = Assert.Throws<ModelBuildException>(() => GraphImporter.Import(path, new ImportOptions()));
            Assert.NotEqual(DiagnosticCode.InternalError, error.Code);
            Assert.NotNull(error.File);
        }
    }

    [Theory]
    [InlineData("digits.h5", "")]
    [InlineData("digits.keras", "")]
    [InlineData("digits_saved_model", Graph)]
    [InlineData("digits_saved_model", Index)]
    public void Changed_bytes_never_crash(string model, string part)
    {
        (string path, string file) = Copy(model, part);
        byte[] whole = File.ReadAllBytes(file);
        Random random = new(Seed);
        for (int change = 0; change < Changes; change++)
        {
            byte[] changed = [.. whole];
            // Mostly near the ends, where formats keep what leads to the rest.
            int reach = random.Next(3) == 0 ? whole.Length : Math.Min(whole.Length, 4096);
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                int at = random.Next(reach);
                changed[random.Next(2) == 0 ? at : whole.Length - 1 - at] ^= (byte)(1 << random.Next(8));
            }
            File.WriteAllBytes(file, changed);
            try
            {
                GraphImporter.Import(path, new ImportOptions());
            }
            catch (ModelBuildException error)
            {
                Assert.NotEqual(DiagnosticCode.InternalError, error.Code);
            }
        }
    }

    [Fact]
    public void Changed_weights_of_a_SavedModel_are_noticed()
    {
        (string path, string file) = Copy("digits_saved_model", Data);
        byte[] changed = File.ReadAllBytes(file);
        for (int i = 0; i < changed.Length; i += 16) changed[i] ^= 1;
        File.WriteAllBytes(file, changed);
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => GraphImporter.Import(path, new ImportOptions()));
        Assert.Equal(DiagnosticCode.Truncated, error.Code);
        Assert.Contains("checksum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_weights_of_a_SavedModel_are_named()
    {
        (string path, string file) = Copy("digits_saved_model", Data);
        File.Delete(file);
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => GraphImporter.Import(path, new ImportOptions()));
        Assert.Equal(DiagnosticCode.ModelFileMissing, error.Code);
        Assert.EndsWith(Path.GetFileName(Data), error.File, StringComparison.Ordinal);
    }

    /// <summary>A copy of a model to damage: its path, and that of one of its files.</summary>
    private (string Path, string File) Copy(string model, string part)
    {
        string source = Repository.Path($"tests/data/digits/{model}"), target = Path.Combine(_folder, model);
        if (part.Length == 0)
        {
            File.Copy(source, target);
            return (target, target);
        }
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return (target, Path.Combine(target, part));
    }
}
