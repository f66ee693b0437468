using ModelBuild.Compiler.Calibration.DataFree;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>Weights and biases that stages change, and the graph with the changed ones.</summary>
internal sealed class LayerParameters
{
    private readonly Dictionary<Node, float[]> _weights = [], _biases = [];
    private readonly Dictionary<string, (double[] Factors, double[] Addends)> _outputs = [];

    /// <summary>The weights of a layer, to be changed.</summary>
    public float[] Weights(Node layer)
    {
        if (!_weights.TryGetValue(layer, out float[]? weights)) _weights.Add(layer, weights = layer.Inputs[1].Constant!.Elements<float>().ToArray());
        return weights;
    }

    /// <summary>The bias of a layer, to be changed; zeros where it has none.</summary>
    public float[] Bias(Node layer)
    {
        if (!_biases.TryGetValue(layer, out float[]? bias))
            _biases.Add(layer, bias = layer.Inputs.Length > 2 ? layer.Inputs[2].Constant!.Elements<float>().ToArray() : new float[WeightedLayer.Outputs(layer)]);
        return bias;
    }

    /// <summary>Notes that a value was changed: multiplied and added to, a number a channel.</summary>
    public void Note(Value value, double[] factors, double[] addends) => _outputs.Add(value.Name, (factors, addends));

    /// <summary>What normalisations told, with what was noted.</summary>
    public NormStatistics? Apply(NormStatistics? norms) => norms?.Affine(_outputs);

    /// <summary>The graph with what was changed.</summary>
    public ModelGraph Apply(ModelGraph graph) => GraphRewriter.Run(graph, (node, inputs, rewriter) =>
    {
        if (!_weights.ContainsKey(node) && !_biases.ContainsKey(node)) return null;
        Value weights = GraphBuilder.Constant(node.Inputs[1].Name, Tensor.Of(node.Inputs[1].Shape, Weights(node)));
        float[] bias = Bias(node);
        string name = node.Inputs.Length > 2 ? node.Inputs[2].Name : $"{node.Name}/bias";
        return [rewriter.Add(node.Name, node.Operation, inputs[0], weights, GraphBuilder.Constant(name, Tensor.Of(Shape.Of(bias.Length), bias)))];
    });
}
