using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Checking;

/// <summary>Does for a compiled model what its callers do: decodes the files that the graph takes as strings.</summary>
internal static class DecodedFiles
{
    /// <summary>What the decoders of a graph give, by the names of the outputs.</summary>
    /// <param name="graph">The graph that decodes files itself.</param>
    /// <param name="inputs">Its inputs, by name.</param>
    public static IReadOnlyDictionary<string, Tensor> Of(ModelGraph graph, IReadOnlyDictionary<string, Tensor> inputs)
    {
        Value[] decoded = [.. graph.Nodes.Where(node => node.Operation is DecodeImage or DecodeWav).SelectMany(node => node.Outputs)];
        if (decoded.Length == 0) return new Dictionary<string, Tensor>();
        GraphBuilder builder = new();
        foreach (Value input in graph.Inputs) builder.Keep(input);
        foreach (Node node in graph.Nodes) builder.Keep(node);
        IReadOnlyList<Tensor> tensors = ReferenceExecutor.Run(builder.Build(decoded), [.. graph.Inputs.Select(input => inputs[input.Name])]);
        return decoded.Zip(tensors).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    /// <summary>A tensor as the input of a compiled model: a batch of one.</summary>
    public static Tensor Batch(Tensor decoded) =>
        decoded.Shape.Rank == 0 ? decoded : decoded.Reshape(Shape.Of([1, .. decoded.Shape.Dimensions]));
}
