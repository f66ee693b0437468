namespace ModelBuild.Package.Tests;

[Collection(PackageCollection.Name)]
public class IncrementalTests(Package package)
{
    [Fact]
    public void Only_changed_content_is_compiled_again()
    {
        Consumer consumer = package.Consumer().Project("Incremental", Programs.Sum("Incremental"));
        consumer.Dotnet("restore", "Incremental").Succeeded();
        string model = Path.Combine(consumer.Folder, "Incremental/digits.pb"), labels = Path.Combine(consumer.Folder, "Incremental/labels.txt");

        Assert.True(Compiles(consumer));
        string page = Path.Combine(consumer.Folder, "Incremental/obj/Debug/net10.0/ModelBuild/digits.report.html");
        Assert.Contains("<h2>Layers</h2>", File.ReadAllText(page), StringComparison.Ordinal);
        DateTime written = File.GetLastWriteTimeUtc(page);
        Assert.False(Compiles(consumer));
        Assert.Equal(written, File.GetLastWriteTimeUtc(page));

        File.SetLastWriteTimeUtc(model, DateTime.UtcNow);
        Assert.False(Compiles(consumer));

        File.Copy(Path.Combine(Package.Digits, "digits_tf1.pb"), model, overwrite: true);
        Assert.True(Compiles(consumer));

        File.WriteAllText(labels, File.ReadAllText(labels).Replace("zero", "nought", StringComparison.Ordinal));
        Assert.True(Compiles(consumer));

        consumer.Dotnet("clean", "Incremental").Succeeded();
        Assert.Empty(consumer.Intermediate("Incremental"));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(page)!));
        Assert.True(Compiles(consumer));
    }

    /// <summary>Builds, and says whether the summary of a compilation was printed, with a link to its report.</summary>
    private static bool Compiles(Consumer consumer)
    {
        string output = consumer.Dotnet("build", "Incremental", "--no-restore").Succeeded().Output;
        bool compiles = output.Contains("digits.pb -> Digits", StringComparison.Ordinal);
        Assert.Equal(compiles, output.Contains(", report: obj/Debug/net10.0/ModelBuild/digits.report.html", StringComparison.Ordinal));
        return compiles;
    }
}
