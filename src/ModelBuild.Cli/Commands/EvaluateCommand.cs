using System.CommandLine;
using ModelBuild.Compiler;

namespace ModelBuild.Cli.Commands;

/// <summary>modelbuild evaluate: what compression costs, as a whole and layer by layer.</summary>
internal static class EvaluateCommand
{
    private const string Details = """
        Compresses the model as 'modelbuild compress' does with the same options, and compares the plan, run with the
        kernels that ship, with the float graph: top-1 accuracy on all samples, and for each layer the signal-to-noise
        ratio of its output in decibels (20 dB: errors of a tenth of the values, 40 dB: of a hundredth). A layer's noise
        includes that of the layers before it; look for the one where the ratio falls.

        Exit code: 0 measured, 1 --max-drop was exceeded, 2 the model, the data or an option is at fault.

          modelbuild evaluate digits.pb --data test.npy --labels test_labels.npy --calibration-data calibration.npy
        """;

    // Replaced by --data, --labels and --class-names; and what concerns generated code only.
    private static readonly string[] Left =
    [
        nameof(ModelOptions.ValidationData), nameof(ModelOptions.ValidationLabels), nameof(ModelOptions.Labels),
        nameof(ModelOptions.ClassName), nameof(ModelOptions.Namespace), nameof(ModelOptions.Access), nameof(ModelOptions.Parallelism),
    ];

    public static Command Create(Reporter reporter)
    {
        ModelArguments model = new(ModelOptions.Names.Except(Left));
        Option<string> data = new("--data")
        {
            Description = "Inputs: an .npy file [samples, ...] or a folder of images, one sub-folder a class.",
            HelpName = "path", Required = true,
        };
        Option<string?> labels = new("--labels")
        {
            Description = "The class index of each sample: an .npy file of integers.", HelpName = "path",
        };
        Option<string?> names = new("--class-names")
        {
            Description = "Names of the classes, for folders named so: a text file, one a line.", HelpName = "path",
        };
        DetailedCommand command = new("evaluate", "Measures what compression costs, layer by layer.", Details)
        {
            data, labels, names, Shared.Json,
        };
        model.AddTo(command);
        command.SetAction((result, cancellation) =>
        {
            ModelOptions options = model.Read(result) with
            {
                ValidationData = Paths.Full(result.GetRequiredValue(data), "--data"),
                ValidationLabels = FullPath(result.GetValue(labels), "--labels"),
                Labels = FullPath(result.GetValue(names), "--class-names"),
            };
            CompressionReport report = ModelCompiler.Compile(options, reporter.Progress, cancellation).Report;
            if (result.GetValue(Shared.Json)) reporter.WriteJson(report);
            else ReportTables.Write(reporter.Console, report);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static string? FullPath(string? path, string option) => path is null ? null : Paths.Full(path, option);
}
