using System.Globalization;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Reporting;
using Spectre.Console;

namespace ModelBuild.Cli;

/// <summary>Where commands write: results for people or as JSON, progress, and errors.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Errors and progress.</param>
internal sealed class Reporter(TextWriter output, TextWriter error)
{
    // A file has no width; lines are not to be broken.
    private const int RedirectedWidth = 4096;

    /// <summary>The results for people; plain text unless a terminal shows them.</summary>
    public IAnsiConsole Console { get; } = CreateConsole(output);

    /// <summary>Writes text as it stands.</summary>
    public void Write(string text) => output.Write(text);

    /// <summary>Writes the one object of a command's JSON output.</summary>
    public void WriteJson<T>(T result) => output.WriteLine(ReportFile.Json(result));

    /// <summary>Writes a line that says what goes on, beside the results.</summary>
    public void Progress(string line) => error.WriteLine(line);

    /// <summary>Writes an error in the form of build tools: "file : error MB1006: message".</summary>
    public void Error(string? file, DiagnosticCode code, string message)
    {
        string coded = string.Create(CultureInfo.InvariantCulture, $"error MB{(int)code:0000}: {message.ReplaceLineEndings(" ")}");
        error.WriteLine($"{file ?? "modelbuild"} : {coded}");
    }

    /// <summary>Writes a warning, "MB2004: text", in the form of build tools.</summary>
    public void Warning(string file, string warning) => error.WriteLine($"{file} : warning {warning.ReplaceLineEndings(" ")}");

    private static IAnsiConsole CreateConsole(TextWriter output)
    {
        AnsiConsoleOutput target = new(output);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = target });
        if (!target.IsTerminal) console.Profile.Width = RedirectedWidth;
        return console;
    }
}
