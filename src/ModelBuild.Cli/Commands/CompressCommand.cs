using System.CommandLine;
using ModelBuild.Compiler;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Reporting;
using ModelBuild.Compiler.Reporting.Page;
using ModelBuild.Plan;
using Spectre.Console;

namespace ModelBuild.Cli.Commands;

/// <summary>modelbuild compress: what the build does, into a folder.</summary>
internal static class CompressCommand
{
    private const string Details = """
        Does what 'dotnet build' does with <ModelReference Include="model.pb" ... />, by the same options, and writes
          NAME.plan      the layers, as text
          NAME.weights   the weights, entropy-coded
          NAME.report.json, NAME.report.html    sizes, accuracies and layers, as 'modelbuild report' takes them and as a page
        With --emit pb instead NAME.pb: the graph with its layers folded and its weights in int8 (--quantize None: half), which
        TensorFlow reads and which gives the same but for that.
        Exit code: 0 done, 1 a budget such as --max-drop or --max-size was exceeded (the report says by what), 2 the model, the data or an option is at fault.

          modelbuild compress digits.pb -o out --calibration-data calibration.npy
        """;

    public static Command Create(Reporter reporter)
    {
        ModelArguments model = new(ModelOptions.Names);
        Option<string> folder = new("--out", "-o") { Description = "Where the files go.", HelpName = "folder", Required = true };
        Option<string?> emit = new("--emit") { Description = "What to write: plan (the default) or pb.", HelpName = "kind" };
        emit.AcceptOnlyFromAmong("plan", GraphEmission.Name);
        DetailedCommand command = new("compress", "Compresses a model as a build would.", Details) { folder, emit, Shared.Json };
        model.AddTo(command);
        command.SetAction((result, cancellation) =>
        {
            ModelOptions options = model.Read(result);
            string target = Paths.OutputFolder(result.GetRequiredValue(folder), "--out");
            if (result.GetValue(emit) == GraphEmission.Name)
            {
                EmittedGraph written = GraphEmission.Run(options, target, known => model.GivenBesides(result, known));
                if (result.GetValue(Shared.Json)) reporter.WriteJson(written);
                else reporter.Console.WriteLine(written.ToString());
                return Task.FromResult(ExitCode.Success);
            }
            string stem = Path.Combine(target, Path.GetFileNameWithoutExtension(ModelFiles.Name(options.ModelPath)));
            CompiledModel compiled;
            try
            {
                compiled = ModelCompiler.Compile(options, reporter.Progress, cancellation);
            }
            catch (ModelBuildException exceeded) when (exceeded.Report is not null)
            {
                Write(exceeded.Report, stem);
                throw;
            }
            File.WriteAllText(stem + ".plan", PlanWriter.Write(compiled.Plan));
            File.WriteAllBytes(stem + ".weights", compiled.Blob);
            Write(compiled.Report, stem);
            if (result.GetValue(Shared.Json)) reporter.WriteJson(compiled.Report);
            else
            {
                reporter.Console.WriteLine($"{compiled.Report.Summary}, report: {stem}.report.html");
                foreach (string warning in compiled.Report.Warnings) reporter.Warning(options.ModelPath, warning);
            }
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static void Write(CompressionReport report, string stem)
    {
        File.WriteAllText(stem + ".report.json", ReportFile.Json(report) + "\n");
        File.WriteAllText(stem + ".report.html", ReportPage.Of(report));
    }
}
