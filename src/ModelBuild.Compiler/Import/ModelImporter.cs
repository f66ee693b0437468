using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Options;

namespace ModelBuild.Compiler.Import;

/// <summary>Imports a model for compilation, where every shape must be known.</summary>
internal static class ModelImporter
{
    /// <summary>The graph for a batch of one. Other open dimensions of an input are those of the calibration or validation data.</summary>
    /// <exception cref="ModelBuildException">The model cannot be imported, or an input's size is not known (MB1010).</exception>
    public static ModelGraph Import(ModelOptions options, ParsedOptions parsed)
    {
        ImportOptions ends = ImportOptions.Of(options) with
        {
            InputShape = (name, shape) => InputShape(ImportOptions.OneSample(shape), options, parsed),
        };
        ModelGraph graph = GraphImporter.Import(options.ModelPath, ends);
        foreach (Value input in graph.Inputs)
            if (!input.Shape.IsStatic)
                throw new ModelBuildException(DiagnosticCode.DynamicShape,
                    $"The input {input.Name} has the open shape {input.Shape}, and generated code needs a size. "
                    + "Give CalibrationData, whose samples have one, or export the model with a fixed input shape.", options.ModelPath);
        return graph;
    }

    private static Shape InputShape(Shape shape, ModelOptions options, ParsedOptions parsed)
    {
        if (shape.IsStatic) return shape;
        (string? path, string option) = options.CalibrationData is not null
            ? (options.CalibrationData, nameof(options.CalibrationData)) : (options.ValidationData, nameof(options.ValidationData));
        if (path is null || Directory.Exists(path)) return shape;
        return Shape.Of([1, .. SampleSet.Load(path, option, DataType.Float32, shape, parsed.Preprocessing).SampleShape.Dimensions]);
    }
}
