using System.CommandLine;
using System.Diagnostics;
using ModelBuild.Compiler;
using ModelBuild.Compiler.Checking;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using Spectre.Console;

namespace ModelBuild.Cli.Commands;

/// <summary>modelbuild run: a model's outputs for inputs from .npy files.</summary>
internal static class RunCommand
{
    private const string Details = """
        Without --plan the graph runs as it was imported, in the types it has, on arrays of any shape that its inputs take.
        With --plan it is compiled as 'modelbuild compress' does with the same options, and the plan runs with the kernels
        that ship: for each sample along the first dimension of the arrays.

        Arrays of bytes (uint8) for an input of floats are pixels: --preprocess says what becomes of them.

          modelbuild run digits.pb --in image=test.npy --out results
          modelbuild run digits.pb --in image=test.npy --out results --plan --calibration-data calibration.npy
        """;

    // What is no matter of numbers.
    private static readonly string[] Left =
    [
        nameof(ModelOptions.ClassName), nameof(ModelOptions.Namespace), nameof(ModelOptions.Access), nameof(ModelOptions.Parallelism), nameof(ModelOptions.Labels),
        nameof(ModelOptions.ValidationData), nameof(ModelOptions.ValidationLabels), nameof(ModelOptions.MaxDrop),
    ];

    // What concerns graphs that are not compressed too.
    private static readonly string[] Uncompressed =
        [nameof(ModelOptions.Inputs), nameof(ModelOptions.Outputs), nameof(ModelOptions.Signature), nameof(ModelOptions.Preprocess)];

    public static Command Create(Reporter reporter)
    {
        ModelArguments model = new(ModelOptions.Names.Except(Left));
        Option<string[]> inputs = new("--in")
        {
            Description = "An .npy file for an input; the name may be left out where there is only one.",
            HelpName = "name=file", Required = true,
        };
        Option<string> folder = new("--out")
        {
            Description = "Where out_<k>.npy goes, an array for each output.", HelpName = "folder", Required = true,
        };
        Option<bool> plan = new("--plan") { Description = "Compile the model and run the plan." };
        DetailedCommand command = new("run", "Runs a model on arrays and writes its outputs.", Details)
        {
            inputs, folder, plan, Shared.Json,
        };
        model.AddTo(command);
        command.SetAction(result =>
        {
            ModelOptions options = model.Read(result);
            if (!result.GetValue(plan)) RequireNoCompression(model.GivenBesides(result, Uncompressed));
            string target = Paths.OutputFolder(result.GetRequiredValue(folder), "--out");
            Feed[] feeds = [.. result.GetRequiredValue(inputs).Select(Feed.Read)];
            long start = Stopwatch.GetTimestamp();
            IReadOnlyList<(string Name, Tensor Tensor)> outputs = result.GetValue(plan)
                ? PlanCall.Run(ModelCompiler.Compile(options, reporter.Progress), feeds) : GraphCall.Run(options, feeds);
            RunReport report = Write(outputs, target, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (result.GetValue(Shared.Json)) reporter.WriteJson(report);
            else foreach (RunOutput output in report.Outputs) reporter.Console.WriteLine(output.ToString());
            return ExitCode.Success;
        });
        return command;
    }

    private static void RequireNoCompression(IReadOnlyList<string> given)
    {
        if (given.Count == 0) return;
        string options = string.Join(", ", given);
        throw new ModelBuildException(DiagnosticCode.UnknownOption, $"{options}: without --plan nothing is compressed. Add --plan.");
    }

    private static RunReport Write(IReadOnlyList<(string Name, Tensor Tensor)> outputs, string folder, double milliseconds)
    {
        List<RunOutput> written = [];
        foreach ((string name, Tensor tensor) in outputs)
        {
            if (!StoredForm.Exists(tensor))
            {
                throw new ModelBuildException(DiagnosticCode.DataMismatch,
                    $"The output {name} is {tensor}, for which there are no .npy files. Choose others with --outputs.");
            }
            Tensor stored = StoredForm.Of(tensor);
            string path = Path.Combine(folder, FormattableString.Invariant($"out_{written.Count}.npy"));
            NpyFile.Write(path, stored);
            written.Add(new RunOutput(name, path, stored.Type, stored.Shape.ToString()));
        }
        return new RunReport(written, milliseconds);
    }
}

/// <summary>What modelbuild run wrote; the JSON output as it stands.</summary>
/// <param name="Outputs">In the model's order.</param>
/// <param name="Milliseconds">Time to read the model, compile it if asked for, and run it.</param>
internal sealed record RunReport(IReadOnlyList<RunOutput> Outputs, double Milliseconds);

/// <summary>An output and the file it is in.</summary>
internal sealed record RunOutput(string Name, string File, DataType Type, string Shape)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}: {Name} {Type}{Shape}";
}
