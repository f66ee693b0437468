using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>A layer with weights and the only reader of its output, another such layer, so that what is between may be changed.</summary>
/// <param name="First">Writes the value.</param>
/// <param name="Second">Reads it.</param>
internal sealed record LayerPair(Node First, Node Second)
{
    /// <summary>Channels of the value between.</summary>
    public int Channels => First.Output.Shape[-1];

    /// <summary>All pairs of a graph between whose layers scaling a channel and scaling it back changes nothing: no clamp but relu's.</summary>
    public static IReadOnlyList<LayerPair> Of(ModelGraph graph)
    {
        ILookup<Value, Node> readers = graph.Nodes.SelectMany(node => node.Inputs.Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node);
        return
        [
            .. graph.Nodes.Where(first => HasConstants(first) && WeightedLayer.ClampOf(first.Operation) is { Maximum: float.PositiveInfinity, Minimum: 0 or float.NegativeInfinity }
                    && !graph.Outputs.Contains(first.Output))
                .Select(first => (first, readers: readers[first.Output].ToArray()))
                .Where(pair => pair.readers is [var second] && HasConstants(second) && !second.Inputs.Skip(1).Contains(pair.first.Output) && ReadsEachChannel(second))
                .Select(pair => new LayerPair(pair.first, pair.readers[0])),
        ];
    }

    /// <summary>Channel of the value between that a weight of the second layer, in TensorFlow's order, is for.</summary>
    public int InputOf(int weight)
    {
        Shape shape = Second.Inputs[1].Shape;
        return Second.Operation is DepthwiseConvolution ? weight / shape[3] % shape[2] : weight / shape[-1] % Channels;
    }

    private static bool HasConstants(Node node) =>
        WeightedLayer.Is(node.Operation) && node.Output is { Type: DataType.Float32, Shape.IsStatic: true } && node.Inputs.Skip(1).All(input => input.Constant is not null);

    /// <summary>The second layer has weights for each channel; not so where it is grouped.</summary>
    private static bool ReadsEachChannel(Node second) => second.Operation switch
    {
        FullyConnected => second.Inputs[1].Shape[0] == second.Inputs[0].Shape[-1],
        _ => second.Inputs[1].Shape[2] == second.Inputs[0].Shape[-1],
    };
}
