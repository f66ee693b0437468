using System.Text;
using ModelBuild.Compiler;
using ModelBuild.Compiler.Reporting;
using ModelBuild.Compiler.Reporting.Page;
using ModelBuild.Plan;

namespace ModelBuild.Tasks;

/// <summary>
/// The files of a compiled model: NAME.plan, NAME.weights, NAME.report.json and .html for people and tools, and NAME.state, which
/// tells the next build what they were made from: a line each with the key, the resource name and the summary, then one a warning.
/// </summary>
/// <param name="stem">Full path without extension.</param>
internal sealed class ModelOutput(string stem)
{
    private const int KeyLine = 0, ResourceLine = 1, SummaryLine = 2, FixedLines = 3;
    private string[]? _state;

    public string PlanPath => stem + ".plan";

    public string WeightsPath => stem + ".weights";

    /// <summary>The report as a page.</summary>
    public string PagePath => stem + ".report.html";

    public IEnumerable<string> Files => [PlanPath, WeightsPath, ReportPath, PagePath, StatePath];

    /// <summary>Some build has succeeded; not necessarily with what the model is now.</summary>
    public bool Exists => State.Length >= FixedLines && Files.All(File.Exists);

    /// <summary>Name of the embedded resource.</summary>
    public string Resource => State[ResourceLine];

    /// <summary>The line that the build printed.</summary>
    public string Summary => State[SummaryLine];

    /// <summary>The warnings that the build gave.</summary>
    public IEnumerable<string> Warnings => State.Skip(FixedLines);

    private string ReportPath => stem + ".report.json";

    private string StatePath => stem + ".state";

    private string[] State => _state ??= File.Exists(StatePath) ? File.ReadAllLines(StatePath) : [];

    /// <summary>The files were made from what <paramref name="key"/> stands for.</summary>
    public bool IsCurrent(string key) => Exists && State[KeyLine] == key;

    /// <summary>Writes the files. Those whose content is as before keep their time, so that the compiler has nothing to do.</summary>
    public void Write(string key, CompiledModel model)
    {
        // The state goes first and comes last: a build broken off between leaves files that count as absent.
        File.Delete(StatePath);
        WriteChanged(PlanPath, Encoding.UTF8.GetBytes(PlanWriter.Write(model.Plan)));
        WriteChanged(WeightsPath, model.Blob);
        Write(model.Report);
        _state = [key, model.Plan.Resource, model.Report.Summary, .. model.Report.Warnings.Select(warning => warning.ReplaceLineEndings(" "))];
        File.WriteAllLines(StatePath, _state);
    }

    /// <summary>Writes the report of a model that exceeds a budget; an earlier one stays for editors, but is not current any more.</summary>
    public void WriteFailed(CompressionReport report)
    {
        if (Exists)
        {
            State[KeyLine] = "";
            File.WriteAllLines(StatePath, State);
        }
        Write(report);
    }

    private void Write(CompressionReport report)
    {
        File.WriteAllText(ReportPath, ReportFile.Json(report) + "\n");
        File.WriteAllText(PagePath, ReportPage.Of(report));
    }

    private static void WriteChanged(string path, byte[] content)
    {
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content)) return;
        File.WriteAllBytes(path, content);
    }
}
