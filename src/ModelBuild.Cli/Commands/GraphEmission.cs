using ModelBuild.Compiler;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Emit;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Cli.Commands;

/// <summary>modelbuild compress --emit pb: a smaller graph for TensorFlow instead of a plan.</summary>
internal static class GraphEmission
{
    /// <summary>The value of --emit that asks for it.</summary>
    public const string Name = "pb";

    // What the rest of the options speak of, a graph does not have.
    private static readonly string[] Known =
        [nameof(ModelOptions.Inputs), nameof(ModelOptions.Outputs), nameof(ModelOptions.Signature), nameof(ModelOptions.Quantize)];

    /// <summary>Writes NAME.pb into a folder.</summary>
    /// <param name="options">The model; Quantize="None" keeps 11 bits of the weights, and any other value 8.</param>
    /// <param name="folder">Where the file goes.</param>
    /// <param name="besides">Gives the options that were given besides some.</param>
    /// <exception cref="ModelBuildException">The model cannot be read, or an option has no meaning here.</exception>
    public static EmittedGraph Run(ModelOptions options, string folder, Func<string[], IReadOnlyList<string>> besides)
    {
        if (besides(Known) is [_, ..] given)
            throw new ModelBuildException(DiagnosticCode.UnknownOption,
                $"{string.Join(", ", given)}: a graph has no such thing. Leave it out, or --emit {Name}.");
        GraphDef graph = GraphWriter.Compress(options.ModelPath, EmittedGraph.Ends(options), Precision(options.Quantize));
        string path = Path.Combine(folder, Path.GetFileNameWithoutExtension(ModelFiles.Name(options.ModelPath)) + ".pb");
        GraphWriter.Write(path, graph);
        return EmittedGraph.Of(options, path, graph);
    }

    private static WeightPrecision Precision(string? quantize) =>
        quantize is null || (Enum.TryParse(quantize, ignoreCase: true, out QuantizeMode mode) && mode != QuantizeMode.None)
            ? WeightPrecision.Int8
            : quantize.Equals(nameof(QuantizeMode.None), StringComparison.OrdinalIgnoreCase) ? WeightPrecision.Half
            : throw new ModelBuildException(DiagnosticCode.UnknownOption,
                $"Quantize=\"{quantize}\" is not known. It may be {string.Join(", ", Enum.GetNames<QuantizeMode>())}.");
}
