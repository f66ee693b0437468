using System.CommandLine;
using ModelBuild.Cli.Commands;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Cli;

/// <summary>The commands of the tool, and how errors are shown.</summary>
internal static class CommandLine
{
    private const string HelpHint = "See modelbuild --help.";

    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments after the tool's name.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Errors and progress.</param>
    /// <returns>A value of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        Reporter reporter = new(output, error);
        ParseResult result = Root(reporter).Parse([.. args.Select(ModelArguments.Spelling)]);
        if (result.Errors.Count > 0)
        {
            string mistakes = string.Join(" ", result.Errors.Select(mistake => mistake.Message));
            reporter.Error(null, DiagnosticCode.UnknownOption, $"{mistakes} {HelpHint}");
            return ExitCode.Error;
        }
        try
        {
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (ModelBuildException mistake)
        {
            reporter.Error(mistake.File, mistake.Code, mistake.Message);
            return mistake.Report is not null ? ExitCode.Failure : ExitCode.Error;
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            reporter.Error(null, DiagnosticCode.DataUnreadable, mistake.Message);
            return ExitCode.Error;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("modelbuild : stopped");
            return ExitCode.Error;
        }
        catch (Exception defect)
        {
            reporter.Error(null, DiagnosticCode.InternalError, $"A defect of ModelBuild: {defect.GetType().Name}: {defect.Message}");
            return ExitCode.Error;
        }
    }

    private static RootCommand Root(Reporter reporter)
    {
        RootCommand root = new("Looks into trained TensorFlow graphs, compresses them to int8, and measures what that costs.")
        {
            InspectCommand.Create(reporter),
            RunCommand.Create(reporter),
            CompressCommand.Create(reporter),
            EvaluateCommand.Create(reporter),
            ReportCommand.Create(reporter),
            FreezeCommand.Create(reporter),
            CheckCommand.Create(reporter),
        };
        DetailedCommand.Enable(root);
        return root;
    }
}
