using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Options;

namespace ModelBuild.Compiler.Import;

/// <summary>Imports a model for compilation, where every shape must be known.</summary>
internal static class ModelImporter
{
    /// <summary>
    /// The graph for a batch of one. Other open dimensions of an input are those of the calibration or validation data. Files that the
    /// graph is given as strings are decoded by the callers of the compiled model.
    /// </summary>
    /// <exception cref="ModelBuildException">The model cannot be imported, or an input's size is not known (MB1010).</exception>
    public static ImportedModel Import(ModelOptions options, ParsedOptions parsed)
    {
        List<string> decoded = [];
        ImportOptions ends = ImportOptions.Of(options) with
        {
            InputShape = (name, shape) => InputShape(name, DataType.Float32, ImportOptions.OneSample(shape), options, parsed),
            DecodedShape = (name, type, shape) =>
            {
                decoded.Add(name);
                return InputShape(name, type, shape, options, parsed);
            },
        };
        GraphDef definition = GraphFile.Read(options.ModelPath, ends);
        ModelGraph graph = GraphImporter.Import(definition, ends, options.ModelPath);
        foreach (Value input in graph.Inputs)
            if (!input.Shape.IsStatic)
                throw new ModelBuildException(DiagnosticCode.DynamicShape,
                    $"The input {input.Name} has the open shape {input.Shape}, and generated code needs a size. "
                    + "Give CalibrationData, whose samples have one, or export the model with a fixed input shape.", options.ModelPath);
        HashSet<string> inputs = [.. graph.Inputs.Select(input => input.Name)];
        return new ImportedModel(
            graph, [.. decoded.Where(inputs.Contains).Select(name => NodeInput.Parse(name).Node).Distinct()], UnfusedNorms.Of(definition));
    }

    private static Shape InputShape(string name, DataType type, Shape shape, ModelOptions options, ParsedOptions parsed)
    {
        if (shape.IsStatic) return shape;
        (string? path, string option) = options.CalibrationData is not null
            ? (options.CalibrationData, nameof(options.CalibrationData)) : (options.ValidationData, nameof(options.ValidationData));
        if (path is null) return shape;
        if (Directory.Exists(path))
        {
            // A file an input, or pictures.
            string file = Path.Combine(path, SampleSet.FileNameOf(name));
            if (File.Exists(file)) path = file;
            else if (Directory.EnumerateFiles(path, "*.npy").Any()) return shape;
        }
        return Shape.Of([1, .. SampleSet.Load(path, option, type, shape, parsed.Preprocessing).SampleShape.Dimensions]);
    }
}

/// <summary>A graph to be compiled.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="DecodedInputs">The nodes in whose place it has inputs, since callers decode files themselves.</param>
/// <param name="UnfusedNorms">Batch normalisations that are no nodes of it.</param>
internal sealed record ImportedModel(ModelGraph Graph, IReadOnlyList<string> DecodedInputs, IReadOnlyList<UnfusedNorm> UnfusedNorms);
