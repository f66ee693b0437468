using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>What convolutions, depthwise convolutions and fully connected layers have in common: input, weights, bias, activation.</summary>
internal static class WeightedLayer
{
    public static bool Is(Operation? operation) => operation is Convolution or DepthwiseConvolution or FullyConnected;

    /// <summary>Outputs of different groups have no inputs in common.</summary>
    public static bool IsGrouped(Node layer) =>
        layer.Operation is DepthwiseConvolution || layer.Operation is Convolution && layer.Inputs[0].Shape[-1] != layer.Inputs[1].Shape[-2];

    /// <summary>The fused activation.</summary>
    public static Clamp ClampOf(Operation operation) => operation switch
    {
        Convolution layer => layer.Clamp,
        DepthwiseConvolution layer => layer.Clamp,
        FullyConnected layer => layer.Clamp,
        Binary layer => layer.Clamp,
        _ => Clamp.None,
    };

    /// <summary>The operation with another fused activation.</summary>
    public static Operation With(Operation operation, Clamp clamp) => operation switch
    {
        Convolution layer => layer with { Clamp = clamp },
        DepthwiseConvolution layer => layer with { Clamp = clamp },
        FullyConnected layer => layer with { Clamp = clamp },
        Binary layer => layer with { Clamp = clamp },
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    /// <summary>Number of consecutive weights, in TensorFlow's order, that belong to outputs 0, 1, ...: the innermost dimensions.</summary>
    public static int Outputs(Node layer) =>
        layer.Operation is DepthwiseConvolution ? layer.Inputs[1].Shape[2] * layer.Inputs[1].Shape[3] : layer.Inputs[1].Shape[-1];

    /// <summary>Adds the layer, which has no activation, with its output multiplied and added to, a number a channel, and then limited.</summary>
    public static Value Scale(string name, Node layer, float[] factor, float[] addend, Clamp clamp, GraphRewriter rewriter)
    {
        Value weights = layer.Inputs[1];
        float[] scaled = weights.Constant!.Elements<float>().ToArray(), bias = new float[factor.Length];
        for (int i = 0; i < scaled.Length; i++) scaled[i] *= factor[i % factor.Length];
        ReadOnlySpan<float> before = layer.Inputs.Length > 2 ? layer.Inputs[2].Constant!.Elements<float>() : [];
        for (int c = 0; c < bias.Length; c++) bias[c] = (before.Length > 0 ? before[c] * factor[c] : 0) + addend[c];
        return rewriter.Add(name, With(layer.Operation, clamp), layer.Inputs[0],
            GraphBuilder.Constant(weights.Name, Tensor.Of(weights.Shape, scaled)), GraphBuilder.Constant($"{name}/bias", Tensor.Of(Shape.Of(bias.Length), bias)));
    }
}
