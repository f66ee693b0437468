using ModelBuild.Compiler;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Cli;

/// <summary>Runs a model as it was imported, in its own types, on inputs of any shape that it takes.</summary>
internal static class GraphCall
{
    /// <exception cref="Compiler.Diagnostics.ModelBuildException">The model or the inputs cannot be used.</exception>
    public static IReadOnlyList<(string Name, Tensor Tensor)> Run(ModelOptions options, IReadOnlyList<Feed> feeds)
    {
        ImportOptions import = ImportOptions.Of(options) with { InputShape = (name, shape) => Fit(name, shape, feeds) };
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
        if (shape.Equals(Shape.Scalar)) return shape;
        Feed? feed = feeds.FirstOrDefault(feed => feed.Name == name) ?? feeds.FirstOrDefault(feed => feed.Name is null);
        if (feed is null || Fits(feed.Tensor.Shape, shape)) return feed?.Tensor.Shape ?? shape;
        throw feed.Mismatch($"The array has the shape {feed.Tensor.Shape}, but the input {name} takes {shape}. Reshape the array.");
    }

    private static bool Fits(Shape given, Shape wanted)
    {
        if (!wanted.HasRank) return true;
        if (wanted.Rank != given.Rank) return false;
        for (int axis = 0; axis < given.Rank; axis++)
            if (wanted[axis] != Shape.Unknown && wanted[axis] != given[axis]) return false;
        return true;
    }
}
