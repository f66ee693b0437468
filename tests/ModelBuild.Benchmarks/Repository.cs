namespace ModelBuild.Benchmarks;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    /// <summary>The folder that holds README.md and src, found upwards from the program.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ModelBuild.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("The benchmarks run from within the repository, where ModelBuild.sln is.");
    }
}
