using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>
/// Values whose channels can be scaled together without a change of what the network computes: layers with weights write them, others read
/// them, and all that stands between passes factors on, as sums of a residual network do.
/// </summary>
/// <param name="Values">The values, of so many channels each.</param>
/// <param name="Writers">Layers that compute such a value from others.</param>
/// <param name="Readers">Layers that compute others from such a value.</param>
internal sealed record ChannelGroup(IReadOnlyList<Value> Values, IReadOnlyList<Node> Writers, IReadOnlyList<Node> Readers)
{
    /// <summary>Channels of each of the values.</summary>
    public int Channels => Values[0].Shape[-1];

    /// <summary>All groups of a graph.</summary>
    public static IReadOnlyList<ChannelGroup> Of(ModelGraph graph)
    {
        DisjointSets<Value> sets = new();
        HashSet<Value> fixedValues = [.. graph.Inputs, .. graph.Outputs], written = [];
        foreach (Node node in graph.Nodes)
        {
            Value[] inputs = [.. node.Inputs.Where(input => input.Constant is null)];
            if (PassesFactors(node))
            {
                foreach (Value input in inputs) sets.Join(node.Output, input);
                continue;
            }
            if (IsLayer(node) && IsHomogeneous(WeightedLayer.ClampOf(node.Operation))) written.Add(node.Output);
            else fixedValues.UnionWith(node.Outputs);
            if (!IsLayer(node) || !ReadsEachChannel(node)) fixedValues.UnionWith(inputs);
        }
        HashSet<Value> fixedSets = [.. fixedValues.Select(sets.Find)];
        ILookup<Value, Node> writers = graph.Nodes.Where(node => node.Outputs.Any(written.Contains)).ToLookup(node => sets.Find(node.Output));
        ILookup<Value, Node> readers = graph.Nodes.Where(IsLayer).ToLookup(node => sets.Find(node.Inputs[0]));
        return
        [
            .. graph.Nodes.SelectMany(node => node.Outputs).GroupBy(sets.Find)
                .Where(set => !fixedSets.Contains(set.Key) && readers.Contains(set.Key))
                .Select(set => new ChannelGroup([.. set], [.. writers[set.Key]], [.. readers[set.Key]])),
        ];
    }

    /// <summary>There is nothing between the layer that writes and the one that reads.</summary>
    public bool IsPair => Values.Count == 1 && Readers.Count == 1;

    /// <summary>Channel of a value that a weight of a reader, in TensorFlow's order, is for.</summary>
    public int InputOf(Node reader, int weight)
    {
        Shape shape = reader.Inputs[1].Shape;
        return reader.Operation is DepthwiseConvolution ? weight / shape[3] % shape[2] : weight / shape[-1] % Channels;
    }

    /// <summary>The layer has constant weights and reads its input only as that.</summary>
    private static bool IsLayer(Node node) =>
        WeightedLayer.Is(node.Operation) && node.Output is { Type: DataType.Float32, Shape.IsStatic: true }
        && node.Inputs.Skip(1).All(input => input.Constant is not null);

    /// <summary>Factors of its inputs' channels, the same for all of them, are those of its output's.</summary>
    private static bool PassesFactors(Node node)
    {
        bool isKnown = node.Outputs is [{ Type: DataType.Float32 }] && node.Inputs.Concat(node.Outputs).All(value => value.Shape is { IsStatic: true });
        return isKnown && node.Output.Shape.Rank > 0 && node.Operation switch
        {
            Binary { Function: BinaryKind.Add or BinaryKind.Subtract } sum =>
                IsHomogeneous(sum.Clamp) && node.Inputs.All(input => input.Constant is null && input.Shape.Equals(node.Output.Shape)),
            Unary { Function: UnaryKind.Relu } or Pool => true,
            Reduce { Kind: ReduceKind.Mean or ReduceKind.Sum or ReduceKind.Maximum } =>
                Reduce.Axes(node.Inputs) is { } axes && !axes.Contains(node.Inputs[0].Shape.Rank - 1),
            Reshape => node.Output.Shape[-1] == node.Output.Shape.Count && node.Inputs[0].Shape is { Rank: > 0 } x && x[-1] == x.Count,
            _ => false,
        };
    }

    /// <summary>The activation of a product is the product of the activation.</summary>
    private static bool IsHomogeneous(Clamp clamp) => clamp is { Maximum: float.PositiveInfinity, Minimum: 0 or float.NegativeInfinity };

    /// <summary>It has weights for each channel; not so where it is grouped.</summary>
    private static bool ReadsEachChannel(Node layer) =>
        layer.Inputs[1].Shape[layer.Operation is FullyConnected ? 0 : 2] == layer.Inputs[0].Shape[-1];
}
