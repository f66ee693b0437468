using ModelBuild.Compiler;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Cli;

/// <summary>Runs a model as it was imported, in its own types, on inputs of any shape that it takes.</summary>
internal static class GraphCall
{
    /// <exception cref="ModelBuildException">The model or the inputs cannot be used.</exception>
    public static IReadOnlyList<(string Name, Tensor Tensor)> Run(ModelOptions options, IReadOnlyList<Feed> feeds)
    {
        ImportOptions import = new()
        {
            Inputs = ImportOptions.Names(options.Inputs),
            Outputs = ImportOptions.Names(options.Outputs),
            InputShape = (name, shape) => Fit(name, shape, feeds),
        };
        ModelGraph graph = GraphImporter.Import(options.ModelPath, import);
        string[] inputs = [.. graph.Inputs.Select(input => input.Name)];
        Feed.RequireKnown(feeds, inputs);
        Preprocessing? preprocessing = Preprocessing.Parse(options.Preprocess);
        Tensor[] tensors = [.. graph.Inputs.Select(input => Feed.Of(input.Name, feeds, inputs).As(input.Type, preprocessing))];
        return [.. graph.OutputNames.Zip(ReferenceExecutor.Run(graph, tensors))];
    }

    /// <summary>The shape of what is fed, if the input may have it.</summary>
    private static Shape Fit(string name, Shape shape, IReadOnlyList<Feed> feeds)
    {
        // The bytes of a string, a single value, are fed as an array.
        if (shape.Equals(Shape.Scalar) || (feeds.FirstOrDefault(feed => feed.Name == name) ?? feeds.FirstOrDefault(feed => feed.Name is null)) is not { } feed)
            return shape;
        Shape given = feed.Tensor.Shape;
        bool fits = !shape.HasRank || (shape.Rank == given.Rank && Enumerable.Range(0, given.Rank).All(axis => shape[axis] == Shape.Unknown || shape[axis] == given[axis]));
        if (fits) return given;
        throw new ModelBuildException(DiagnosticCode.DataMismatch, $"The array has the shape {given}, but the input {name} takes {shape}. Reshape the array.", feed.Path);
    }
}
