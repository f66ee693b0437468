using System.CommandLine;
using System.Globalization;
using ModelBuild.Compiler;
using ModelBuild.Compiler.Reporting;
using Spectre.Console;

namespace ModelBuild.Cli.Commands;

/// <summary>modelbuild inspect: what is in a model, what the passes make of it, and what stands in the way of compiling it.</summary>
internal static class InspectCommand
{
    private const int WidestOperations = 100;

    private const string Details = """
        Inputs and outputs, TensorFlow's operations, what each pass removed and added, the layers that are left with their
        parameters and multiply-adds, and everything that is not supported. Where a graph begins or ends with what cannot
        be compiled, cut it there with --inputs and --outputs. Exit code: 0 can be compiled, 1 cannot, 2 no model.
        """;

    public static Command Create(Reporter reporter)
    {
        ModelArguments model = new([nameof(ModelOptions.Inputs), nameof(ModelOptions.Outputs), nameof(ModelOptions.Signature)]);
        DetailedCommand command = new("inspect", "Shows what is in a model and what the compiler makes of it.", Details) { Shared.Json };
        model.AddTo(command);
        command.SetAction(result =>
        {
            InspectReport report = InspectReport.Of(model.Read(result));
            if (result.GetValue(Shared.Json)) reporter.WriteJson(report);
            else Write(reporter.Console, report);
            return report.Problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, InspectReport report)
    {
        console.WriteLine($"{report.File}: {Numbers.Size(report.Bytes)}");
        foreach (InspectPort port in report.Inputs) console.WriteLine($"input  {port}");
        foreach (InspectPort port in report.Outputs) console.WriteLine($"output {port}");
        console.WriteLine();
        WriteCounts(console, "TensorFlow's operations", report.TensorFlowOperations);
        if (report.Passes.Count > 0) WritePasses(console, report);
        if (report.Layers.Count > 0) WriteLayers(console, report);
        foreach (InspectProblem problem in report.Problems) console.WriteLine($"NOT SUPPORTED {problem.Code}: {problem.Message}");
    }

    private static void WriteCounts(IAnsiConsole console, string title, IReadOnlyDictionary<string, int> counts)
    {
        string line = $"{title}:";
        foreach ((string name, int count) in counts)
        {
            string next = $" {name} {Numbers.Of(count)},";
            if (line.Length + next.Length > WidestOperations)
            {
                console.WriteLine(line);
                line = " ";
            }
            line += next;
        }
        console.WriteLine(line.TrimEnd(','));
        console.WriteLine();
    }

    private static void WritePasses(IAnsiConsole console, InspectReport report)
    {
        WriteCounts(console, "Imported as", report.Imported);
        Table table = Tables.Create("pass", "nodes", "change").LeftAligned(2);
        foreach (InspectPass pass in report.Passes.Where(pass => pass.Changes.Count > 0))
        {
            string changes = string.Join(", ", pass.Changes.Select(change => $"{Signed(change.Value)} {change.Key}"));
            table.AddRow(Markup.Escape(pass.Name), Numbers.Of(pass.Nodes), Markup.Escape(changes));
        }
        console.Write(table);
        console.WriteLine();
    }

    private static void WriteLayers(IAnsiConsole console, InspectReport report)
    {
        Table table = Tables.Create("layer", "operation", "output", "parameters", "multiply-adds").LeftAligned(1, 2);
        foreach (InspectLayer layer in report.Layers)
        {
            string name = Markup.Escape(layer.Name), output = Markup.Escape(layer.Output);
            table.AddRow(name, layer.Operation, output, Count(layer.Parameters), Count(layer.MultiplyAdds));
        }
        table.AddRow("total", "", "", Numbers.Of(report.Parameters), report.MultiplyAdds is { } all ? Numbers.Of(all) : "?");
        console.Write(table);
    }

    private static string Count(long? count) => count switch { null => "?", 0 => "", _ => Numbers.Of(count.Value) };

    private static string Signed(int count) => count.ToString("+0;-0", CultureInfo.InvariantCulture);
}
