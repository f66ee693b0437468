namespace ModelBuild.Package.Tests;

/// <summary>A user's folder with projects in it.</summary>
/// <param name="folder">Where the projects are.</param>
/// <param name="packages">Where packages are restored to.</param>
internal sealed class Consumer(string folder, string packages)
{
    /// <summary>The ModelReference of most tests, calibrated.</summary>
    public const string DigitsReference = """<ModelReference Include="digits.pb" CalibrationData="calibration.npy" Labels="labels.txt" Preprocess="ZeroToOne" />""";

    public string Folder => folder;

    /// <summary>Writes a file, by path relative to the folder.</summary>
    public Consumer Write(string path, string text)
    {
        string full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    /// <summary>Copies files of the Digits sample into the folder (or <paramref name="into"/> in it).</summary>
    public Consumer Copy(string into, params string[] files)
    {
        foreach (string file in files)
        {
            string target = Path.Combine(folder, into, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Package.Digits, file), target);
        }
        return this;
    }

    /// <summary>Writes a project that refers to the package, and puts the digits model and its data beside it.</summary>
    /// <param name="name">Its name and, unless empty, folder.</param>
    /// <param name="program">Its source.</param>
    /// <param name="properties">Further properties as XML.</param>
    /// <param name="items">Items as XML.</param>
    /// <param name="framework">Its target framework.</param>
    public Consumer Project(string name, string program, string properties = "", string items = DigitsReference, string framework = "net10.0")
    {
        Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <Nullable>enable</Nullable>
                <UseSharedCompilation>false</UseSharedCompilation>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ModelBuild" Version="{Package.Version}" />
                {items}
              </ItemGroup>
            </Project>
            """);
        Write($"{name}/Program.cs", program);
        return Copy(name, "digits.pb", "digits_tf1.pb", "calibration.npy", "labels.txt", "test.npy", "test_labels.npy");
    }

    /// <summary>Runs dotnet in the folder.</summary>
    public CommandResult Dotnet(params string[] arguments) => Dotnet([], arguments);

    /// <summary>Runs dotnet in the folder with environment variables set.</summary>
    public CommandResult Dotnet((string Name, string Value)[] environment, params string[] arguments) =>
        CommandLine.Run(folder, "dotnet", arguments, [("NUGET_PACKAGES", packages), .. environment]);

    /// <summary>Runs a program that was built or published, by path relative to the folder.</summary>
    public CommandResult Run(string path, params string[] arguments) => CommandLine.Run(folder, Path.Combine(folder, path), arguments);

    /// <summary>The files of a project's intermediate output that the package writes, and what it generates.</summary>
    public IReadOnlyDictionary<string, byte[]> Intermediate(string project)
    {
        string output = Path.Combine(folder, project, "obj");
        return Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".plan" or ".weights" || file.EndsWith(".g.cs", StringComparison.Ordinal) && file.Contains("ModelBuild.Generator", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(output, file), File.ReadAllBytes);
    }
}
