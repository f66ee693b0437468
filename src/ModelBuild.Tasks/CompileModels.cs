using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ModelBuild.Compiler;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Plan;

namespace ModelBuild.Tasks;

/// <summary>
/// Compiles the models of a project, each into a plan (for the generator) and a file of weights (to be embedded). A model
/// whose inputs have the same content as at the last build is left alone.
/// </summary>
public sealed class CompileModels : Microsoft.Build.Utilities.Task, ICancelableTask
{
    // What Visual Studio and the SDK put on items by themselves.
    private static readonly string[] ForeignMetadata =
        ["Link", "Visible", "Pack", "PackagePath", "InProject", "SubType", "DependentUpon", "CopyToOutputDirectory", "CopyToPublishDirectory"];

    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The ModelReference items.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Where plans and weights go.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>What relative paths in metadata begin at.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>Namespace of models that name none.</summary>
    public string RootNamespace { get; set; } = "";

    /// <summary>Only hands out what earlier builds have left, without looking at the models: an editor asks and wants an answer at once.</summary>
    public bool DesignTime { get; set; }

    /// <summary>The plans, by full path.</summary>
    [Output]
    public ITaskItem[] Plans { get; private set; } = [];

    /// <summary>The weights, by full path, with the metadata LogicalName.</summary>
    [Output]
    public ITaskItem[] Weights { get; private set; } = [];

    /// <summary>All files that a clean must delete.</summary>
    [Output]
    public ITaskItem[] Written { get; private set; } = [];

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public override bool Execute()
    {
        Directory.CreateDirectory(OutputFolder);
        List<ModelOutput> outputs = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (ITaskItem model in Models)
        {
            string stem = Path.GetFileNameWithoutExtension(ModelFiles.Name(model.ItemSpec)), name = stem;
            for (int number = 2; !names.Add(name); number++) name = $"{stem}-{number}";
            ModelOutput output = new(Path.GetFullPath(Path.Combine(OutputFolder, name)));
            if (DesignTime ? output.Exists : TryCompile(model, output)) outputs.Add(output);
            if (_cancellation.IsCancellationRequested) return false;
        }
        Plans = [.. outputs.Select(output => new TaskItem(output.PlanPath))];
        Weights = [.. outputs.Select(Embedded)];
        Written = [.. outputs.SelectMany(output => output.Files).Select(path => new TaskItem(path))];
        return !Log.HasLoggedErrors;
    }

    private static TaskItem Embedded(ModelOutput output)
    {
        TaskItem item = new(output.WeightsPath);
        item.SetMetadata("LogicalName", output.Resource);
        return item;
    }

    /// <summary>Brings <paramref name="output"/> up to date; false after an error, which has been logged.</summary>
    private bool TryCompile(ITaskItem model, ModelOutput output)
    {
        string path = model.GetMetadata("FullPath");
        try
        {
            WarnOfUnknownMetadata(model, path);
            ModelOptions options = Options(model, path);
            string key = ContentKey.Of(options);
            if (output.IsCurrent(key))
            {
                Log.LogMessage(MessageImportance.Normal, "{0} (unchanged)", Line(output.Summary, output));
                LogWarnings(output.Warnings, path);
                return true;
            }
            CompiledModel compiled = ModelCompiler.Compile(options, step => Log.LogMessage(MessageImportance.Normal, "{0}", step), _cancellation.Token);
            output.Write(key, compiled);
            Log.LogMessage(MessageImportance.High, "{0}", Line(compiled.Report.Summary, output));
            Log.LogMessage(MessageImportance.Normal, "{0}", string.Join(", ", compiled.Report.Times.Select(Text)));
            LogWarnings(compiled.Report.Warnings, path);
            return true;
        }
        catch (ModelBuildException error)
        {
            if (error.Report is { } report) output.WriteFailed(report);
            string page = error.Report is null ? "" : $" The report is {PageOf(output)}.";
            LogError(error.Code, error.File ?? path, error.Message + page);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            LogError(DiagnosticCode.InternalError, path, $"A defect of ModelBuild: {error.GetType().Name}: {error.Message} Please report it with a build log of detailed verbosity.");
            Log.LogMessage(MessageImportance.Low, "{0}", error);
        }
        return false;
    }

    /// <summary>The build's line, with a link to the page.</summary>
    private string Line(string summary, ModelOutput output) => $"{summary}, report: {PageOf(output)}";

    private string PageOf(ModelOutput output) => Path.GetRelativePath(ProjectFolder, output.PagePath);

    private ModelOptions Options(ITaskItem model, string path) => ModelOptions.From(path, name =>
    {
        string value = model.GetMetadata(name);
        if (name == nameof(ModelOptions.Namespace) && value.Length == 0) return DefaultNamespace.From(RootNamespace);
        return ModelOptions.Paths.Contains(name) && value.Trim().Length > 0 ? Path.GetFullPath(value.Trim(), ProjectFolder) : value;
    });

    private void WarnOfUnknownMetadata(ITaskItem model, string path)
    {
        foreach (string name in model.CloneCustomMetadata().Keys)
        {
            if (ModelOptions.Names.Contains(name, StringComparer.OrdinalIgnoreCase) || ForeignMetadata.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            Warn(Text(DiagnosticCode.UnknownOption), path, $"ModelReference knows no metadata {name}, which is ignored. It knows {string.Join(", ", ModelOptions.Names)}.");
        }
    }

    private void LogWarnings(IEnumerable<string> warnings, string path)
    {
        foreach (string warning in warnings)
        {
            // "MB2004: text".
            bool isCoded = warning.StartsWith("MB", StringComparison.Ordinal) && warning.IndexOf(':') == 6;
            Warn(isCoded ? warning[..6] : null, path, isCoded ? warning[7..].TrimStart() : warning);
        }
    }

    private void Warn(string? code, string path, string message) => Log.LogWarning(null, code, null, path, 0, 0, 0, 0, message);

    private void LogError(DiagnosticCode code, string path, string message) => Log.LogError(null, Text(code), null, path, 0, 0, 0, 0, message);

    private static string Text(StageTime time) => FormattableString.Invariant($"{time.Stage} {time.Seconds:F2} s");

    private static string Text(DiagnosticCode code) => FormattableString.Invariant($"MB{(int)code:0000}");
}
