using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Which files a model consists of, and how they are read.</summary>
internal static class ModelFiles
{
    /// <summary>Name of the graph in a SavedModel's folder.</summary>
    public const string SavedModelName = "saved_model.pb";

    /// <summary>Name of the folder of variables in a SavedModel's, and of the files in that.</summary>
    public const string Variables = "variables";

    /// <summary>The files of the model at a path, sorted; that of a SavedModel also the weights beside it.</summary>
    /// <param name="path">A file, or the folder of a SavedModel.</param>
    public static IReadOnlyList<string> Of(string path)
    {
        string main = Directory.Exists(path) ? Path.Combine(path, SavedModelName) : path;
        string variables = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(main))!, Variables);
        if (Path.GetFileName(main) != SavedModelName || !Directory.Exists(variables)) return [main];
        string[] weights = Directory.GetFiles(variables, Variables + ".*");
        Array.Sort(weights, StringComparer.Ordinal);
        return [main, .. weights];
    }

    /// <summary>What the model is called: its file, or the folder of a SavedModel.</summary>
    public static string Name(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetFileName(Path.GetFileName(full) == SavedModelName && Path.GetDirectoryName(full) is { } folder ? folder : full);
    }

    /// <summary>Bytes of all its files.</summary>
    public static long Size(string path) => Of(path).Sum(file => new FileInfo(file).Length);

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="ModelBuildException">It is missing or cannot be read.</exception>
    public static byte[] ReadAllBytes(string path) => Guard(path, File.ReadAllBytes);

    /// <summary>A file, to be read in parts.</summary>
    /// <exception cref="ModelBuildException">It is missing or cannot be read.</exception>
    public static FileStream Open(string path) => Guard(path, File.OpenRead);

    private static T Guard<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ModelBuildException(DiagnosticCode.ModelFileMissing, error is FileNotFoundException or DirectoryNotFoundException
                ? $"{Path.GetFileName(path)}, which belongs to the model, does not exist. Copy the model with all its files."
                : $"{Path.GetFileName(path)} cannot be read: {error.Message}", path, error);
        }
    }
}
