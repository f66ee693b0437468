using System.CommandLine;
using System.Globalization;
using ModelBuild.Compiler;
using ModelBuild.Compiler.Emit;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;
using Spectre.Console;

namespace ModelBuild.Cli.Commands;

/// <summary>modelbuild freeze: a model of any format as a frozen graph.</summary>
internal static class FreezeCommand
{
    private const string Details = """
        Writes what the outputs need, with variables as constants, calls written out, and without what only training has.
        The result is a GraphDef (.pb), which TensorFlow reads too.

          modelbuild freeze model.keras -o model.pb
          modelbuild freeze saved_model -o model.pb --signature serving_default
        """;

    public static Command Create(Reporter reporter)
    {
        ModelArguments model = new([nameof(ModelOptions.Inputs), nameof(ModelOptions.Outputs), nameof(ModelOptions.Signature)]);
        Option<string> file = new("--out", "-o") { Description = "The file to write.", HelpName = "file", Required = true };
        DetailedCommand command = new("freeze", "Writes a model of any format as a frozen graph.", Details) { file, Shared.Json };
        model.AddTo(command);
        command.SetAction(result =>
        {
            ModelOptions options = model.Read(result);
            string path = Paths.Full(result.GetRequiredValue(file), "--out");
            GraphDef graph = GraphWriter.Freeze(options.ModelPath, EmittedGraph.Ends(options));
            GraphWriter.Write(path, graph);
            EmittedGraph written = EmittedGraph.Of(options, path, graph);
            if (result.GetValue(Shared.Json)) reporter.WriteJson(written);
            else reporter.Console.WriteLine(written.ToString());
            return ExitCode.Success;
        });
        return command;
    }
}

/// <summary>A graph that was written.</summary>
/// <param name="Source">The model it is made of.</param>
/// <param name="File">Path of the file.</param>
/// <param name="SourceBytes">Bytes of the model.</param>
/// <param name="Bytes">Bytes of the file.</param>
/// <param name="Nodes">Nodes of the graph, without those in functions.</param>
internal sealed record EmittedGraph(string Source, string File, long SourceBytes, long Bytes, int Nodes)
{
    private const double Kilo = 1000;

    /// <summary>What a user says about the graph's ends.</summary>
    public static ImportOptions Ends(ModelOptions options) => new()
    {
        Inputs = ImportOptions.Names(options.Inputs),
        Outputs = ImportOptions.Names(options.Outputs),
        Signature = options.Signature,
    };

    public static EmittedGraph Of(ModelOptions options, string path, GraphDef graph) =>
        new(ModelFiles.Name(options.ModelPath), path, ModelFiles.Size(options.ModelPath), new FileInfo(path).Length, graph.Node.Count);

    /// <summary>"digits.keras -> digits.pb: 309.0 KB -> 68.2 KB (4.5x), 87 nodes".</summary>
    public override string ToString()
    {
        string bytes = string.Create(CultureInfo.InvariantCulture,
            $"{SourceBytes / Kilo:F1} KB -> {Bytes / Kilo:F1} KB ({(double)SourceBytes / Bytes:F1}x)");
        return string.Create(CultureInfo.InvariantCulture, $"{Source} -> {Path.GetFileName(File)}: {bytes}, {Nodes} nodes");
    }
}
