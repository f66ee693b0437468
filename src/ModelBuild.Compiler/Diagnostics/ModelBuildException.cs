namespace ModelBuild.Compiler.Diagnostics;

/// <summary>
/// A user's mistake or a limit of the tool, to be printed as one coded line and never with a stack trace. The message says
/// what, where, why and what to do.
/// </summary>
public sealed class ModelBuildException(DiagnosticCode code, string message, string? file = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What went wrong, as a stable code.</summary>
    public DiagnosticCode Code { get; } = code;

    /// <summary>The file at fault, or null where no file is.</summary>
    public string? File { get; } = file;

    /// <summary>What compression did before a budget was found to be exceeded; null for other errors.</summary>
    public CompressionReport? Report { get; init; }
}
