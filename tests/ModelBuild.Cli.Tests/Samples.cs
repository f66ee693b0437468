namespace ModelBuild.Cli.Tests;

/// <summary>Files of the repository's samples.</summary>
internal static class Samples
{
    /// <summary>A trained network.</summary>
    public static string Digits => Path("digits.pb");

    /// <summary>A file beside it.</summary>
    public static string Path(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = System.IO.Path.Combine(folder.FullName, "samples", "Digits", name);
            if (File.Exists(path)) return path;
        }
        throw new FileNotFoundException("The repository has no such sample.", name);
    }
}
