using Google.Protobuf;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Emit;

/// <summary>Writes graphs that TensorFlow, and this project, can read.</summary>
internal static class GraphWriter
{
    /// <summary>The inference part of a model of any format, as a frozen graph.</summary>
    /// <exception cref="ModelBuildException">The model cannot be read.</exception>
    public static GraphDef Freeze(string path, ImportOptions options) =>
        Guard(path, () => FrozenGraph.Of(GraphFile.Read(path, options), options).ToDefinition());

    /// <summary>The same in fewer bytes: constants computed, layers folded, weights in fewer bits.</summary>
    /// <exception cref="ModelBuildException">The model cannot be read.</exception>
    public static GraphDef Compress(string path, ImportOptions options, WeightPrecision precision) => Guard(path, () =>
    {
        FrozenGraph graph = FrozenGraph.Of(GraphFile.Read(path, options), options);
        graph = LayerFolding.Run(ConstantEvaluation.Run(graph));
        return WeightPacking.Run(graph, precision).ToDefinition();
    });

    /// <summary>Writes a graph; equal graphs give equal bytes.</summary>
    /// <exception cref="ModelBuildException">The file cannot be written.</exception>
    public static void Write(string path, GraphDef graph)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            using FileStream stream = File.Create(path);
            using CodedOutputStream output = new(stream);
            output.Deterministic = true;
            graph.WriteTo(output);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelBuildException(DiagnosticCode.DataUnreadable, $"The graph cannot be written: {error.Message}", path, error);
        }
    }

    private static GraphDef Guard(string path, Func<GraphDef> make)
    {
        try
        {
            return make();
        }
        catch (ModelBuildException error) when (error.File is null)
        {
            throw new ModelBuildException(error.Code, error.Message, path, error);
        }
    }
}
