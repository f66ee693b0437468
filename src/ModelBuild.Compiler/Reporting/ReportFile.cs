using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Reporting;

/// <summary>Reports as JSON, as the build and all commands write it.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        RespectNullableAnnotations = true,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>The JSON of a report, or of what else a command found.</summary>
    public static string Json<T>(T report) => JsonSerializer.Serialize(report, Options);

    /// <summary>Reads a report.</summary>
    /// <exception cref="ModelBuildException">MB2001: there is no such file, it is no report, or of another version.</exception>
    public static CompressionReport Read(string path)
    {
        try
        {
            byte[] json = File.ReadAllBytes(path);
            // The version first: a report of another one need not have what this one has.
            if (JsonSerializer.Deserialize<Header>(json, Options)?.Version is not { } version) throw Unreadable(path, "has no version", null);
            if (version != CompressionReport.CurrentVersion)
                throw Unreadable(path, $"is of version {version}, and this tool reads version {CompressionReport.CurrentVersion}", null);
            CompressionReport report = JsonSerializer.Deserialize<CompressionReport>(json, Options)!;
            if (report.Layers.Select(layer => layer?.Name).Distinct().Count(name => name is not null) == report.Layers.Count) return report;
            throw Unreadable(path, "has layers without names of their own", null);
        }
        catch (JsonException error)
        {
            throw Unreadable(path, $"is none: {error.Message.TrimEnd('.')}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelBuildException(DiagnosticCode.DataUnreadable, $"The report cannot be read: {error.Message}", path, error);
        }
    }

    private static ModelBuildException Unreadable(string path, string what, Exception? inner) => new(DiagnosticCode.DataUnreadable,
        $"A report that modelbuild wrote is wanted, and the file {what}. Write it again with a build or 'modelbuild compress'.", path, inner);

    private sealed record Header(int? Version);
}
