using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Data;

/// <summary>Errors about what a user gave as data, each with the file or folder at fault.</summary>
internal static class DataErrors
{
    /// <summary>MB2001; <paramref name="message"/> goes on from the file's name: "ends too early. ...".</summary>
    public static ModelBuildException Unreadable(string path, string message, Exception? inner = null) =>
        new(DiagnosticCode.DataUnreadable, $"{Name(path)} {message}", path, inner);

    /// <summary>MB2002; <paramref name="message"/> is the whole of it.</summary>
    public static ModelBuildException Mismatch(string path, string message) => new(DiagnosticCode.DataMismatch, message, path);

    /// <summary>MB2003; <paramref name="message"/> is the whole of it.</summary>
    public static ModelBuildException NotFinite(string path, string message) => new(DiagnosticCode.DataNotFinite, message, path);

    /// <summary>Name of a file or folder, whose path may end in a separator.</summary>
    public static string Name(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
