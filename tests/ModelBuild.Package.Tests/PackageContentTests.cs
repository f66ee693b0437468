using System.IO.Compression;

namespace ModelBuild.Package.Tests;

[Collection(PackageCollection.Name)]
public class PackageContentTests(Package package)
{
    [Fact]
    public void Packing_warns_of_nothing() => Assert.DoesNotContain("warning", package.PackOutput, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void It_holds_tools_and_nothing_for_the_run_time()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.File);
        string[] entries = [.. archive.Entries.Select(entry => entry.FullName)];
        string[] expected =
        [
            "README.md", "build/ModelBuild.props", "build/ModelBuild.targets", "buildTransitive/ModelBuild.props", "buildTransitive/ModelBuild.targets",
            "analyzers/dotnet/cs/ModelBuild.Generator.dll", "analyzers/dotnet/cs/ModelBuild.Plan.dll", "tasks/net10.0/ModelBuild.Tasks.dll",
            "tasks/net10.0/ModelBuild.Compiler.dll", "tasks/net10.0/ModelBuild.Kernels.dll", "tasks/net10.0/Google.Protobuf.dll",
        ];
        Assert.All(expected, entry => Assert.Contains(entry, entries));
        Assert.DoesNotContain(entries, entry => entry.StartsWith("lib/", StringComparison.Ordinal) || entry.StartsWith("runtimes/", StringComparison.Ordinal));
        Assert.DoesNotContain(entries, entry => entry.Contains("Microsoft.Build", StringComparison.Ordinal));
        using StreamReader reader = new(archive.GetEntry("ModelBuild.nuspec")!.Open());
        Assert.DoesNotContain("<dependency ", reader.ReadToEnd(), StringComparison.Ordinal);
    }
}
