using System.Reflection;

namespace ModelBuild.Package.Tests;

/// <summary>
/// The package, packed once for all tests into a feed of its own, with a folder of restored packages of its own: so no test
/// ever sees a package of an earlier run.
/// </summary>
public sealed class Package : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("modelbuild-").FullName;

    public Package()
    {
        string[] pack = ["pack", Path.Combine(Repository, "src/ModelBuild.Tasks"), "--no-build", "-c", Metadata("Configuration"), "-o", Feed];
        PackOutput = CommandLine.Run(Repository, "dotnet", pack).Succeeded().Output;
    }

    /// <summary>What dotnet pack printed.</summary>
    internal string PackOutput { get; }

    /// <summary>The packed file.</summary>
    internal string File => Assert.Single(Directory.GetFiles(Feed, "*.nupkg"));

    internal static string Version => Metadata("Version");

    /// <summary>The folder of the Digits sample, whose models and data the consumers use.</summary>
    internal static string Digits => Path.Combine(Repository, "samples/Digits");

    internal static string Repository => Metadata("Repository");

    private string Feed => Path.Combine(_root, "feed");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>A new empty folder that a consumer can be built in.</summary>
    internal Consumer Consumer(string name = "Consumer")
    {
        string folder = Path.Combine(_root, Guid.NewGuid().ToString("N")[..8], name);
        Directory.CreateDirectory(folder);
        System.IO.File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
        return new Consumer(folder, Path.Combine(_root, "packages"));
    }

    private static string Metadata(string key) =>
        typeof(Package).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

/// <summary>All tests share one package and run one after the other: each keeps both cores busy.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<Package>
{
    public const string Name = "Package";
}
