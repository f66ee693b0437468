using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Cli;

/// <summary>Paths that a user typed.</summary>
internal static class Paths
{
    /// <summary>The full path, without separator at its end.</summary>
    /// <param name="path">What was typed.</param>
    /// <param name="option">Where, for the message.</param>
    /// <exception cref="ModelBuildException">MB6001: it is empty.</exception>
    public static string Full(string path, string option) => path.Trim().Length > 0
        ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
        : throw new ModelBuildException(DiagnosticCode.UnknownOption, $"{option} is empty. Give a path.");

    /// <summary>A folder to write to, made if it is not there; before anything that takes long.</summary>
    /// <exception cref="ModelBuildException">MB6001: it is empty; MB2001: it cannot be made.</exception>
    public static string OutputFolder(string path, string option)
    {
        string full = Full(path, option);
        try
        {
            return Directory.CreateDirectory(full).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string message = $"{option} cannot be a folder: {(File.Exists(full) ? "it is a file." : error.Message)} Give another path.";
            throw new ModelBuildException(DiagnosticCode.DataUnreadable, message, full, error);
        }
    }
}
