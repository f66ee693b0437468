using System.Runtime.InteropServices;

namespace ModelBuild.Package.Tests;

[Collection(PackageCollection.Name)]
public class PublishTests(Package package)
{
    [Fact]
    public void Trimmed() => PublishAndRun("Trimmed", "<PublishTrimmed>true</PublishTrimmed><SelfContained>true</SelfContained>");

    [SkippableFact]
    public void Ahead_of_time()
    {
        string? linker = OperatingSystem.IsWindows() ? "" : new[] { "clang", "gcc" }.FirstOrDefault(IsInstalled);
        Skip.If(linker is null, "Native code needs clang or gcc to link, and neither is installed.");
        PublishAndRun("Native", $"<PublishAot>true</PublishAot><CppCompilerAndLinker>{linker}</CppCompilerAndLinker>");
    }

    private void PublishAndRun(string name, string properties)
    {
        string runtime = RuntimeInformation.RuntimeIdentifier;
        // Warnings of trimming are off by default, the others not.
        properties += $"<RuntimeIdentifier>{runtime}</RuntimeIdentifier><TrimmerSingleWarn>false</TrimmerSingleWarn><SuppressTrimAnalysisWarnings>false</SuppressTrimAnalysisWarnings>";
        Consumer consumer = package.Consumer().Project(name, Programs.Sum(name), properties);
        string publish = consumer.Dotnet("publish", name, "-c", "Release", "-o", "published").Succeeded().Output;
        Assert.DoesNotContain("warning", publish, StringComparison.Ordinal);
        Assert.Equal("sum 1.00\n", consumer.Run("published/" + name).Succeeded().Output);
    }

    private static bool IsInstalled(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
