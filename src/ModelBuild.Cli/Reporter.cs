using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelBuild.Compiler.Diagnostics;
using Spectre.Console;

namespace ModelBuild.Cli;

/// <summary>Where commands write: results for people or as JSON, progress, and errors.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Errors and progress.</param>
internal sealed class Reporter(TextWriter output, TextWriter error)
{
    // A file has no width; lines are not to be broken.
    private const int RedirectedWidth = 4096;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
    };

    /// <summary>The results for people; plain text unless a terminal shows them.</summary>
    public IAnsiConsole Console { get; } = CreateConsole(output);

    /// <summary>Writes the one object of a command's JSON output.</summary>
    public void WriteJson<T>(T result) => output.WriteLine(ToJson(result));

    /// <summary>A result as JSON, as all commands write it.</summary>
    public static string ToJson<T>(T result) => JsonSerializer.Serialize(result, Json);

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
