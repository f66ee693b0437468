namespace ModelBuild.Compiler.Tests;

/// <summary>The large test data, which stand in shared/corpus beside the repository or one of the folders that it is in.</summary>
internal static class Corpus
{
    /// <summary>Path of a file or folder of the corpus; skips the test where the corpus is not there.</summary>
    public static string Path(params string[] parts)
    {
        Skip.If(Folder is null, "corpus not present");
        return System.IO.Path.Combine([Folder!, .. parts]);
    }

    private static readonly string? Folder = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string? Find(DirectoryInfo? start)
    {
        for (DirectoryInfo? folder = start; folder is not null; folder = folder.Parent)
        {
            string corpus = System.IO.Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(corpus)) return corpus;
        }
        return null;
    }
}
