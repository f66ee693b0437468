namespace ModelBuild.Compiler.Tests.Data;

/// <summary>A folder that is deleted at the end of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("modelbuild-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Full path of a file in it, whose folder exists.</summary>
    public string PathOf(string name)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Writes a file and returns its full path.</summary>
    public string Write(string name, byte[] content)
    {
        string path = PathOf(name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
