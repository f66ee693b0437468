namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Layers that are activation functions.</summary>
internal static class ActivationLayers
{
    private const float Relu6Maximum = 6, LeakySlope = 0.3f;

    public static KerasTensor Named(LayerContext c) => Activations.Apply(c, c.Input);

    /// <summary>min(x, max_value) from the threshold on, negative_slope * (x - threshold) below it.</summary>
    public static KerasTensor Relu(LayerContext c)
    {
        float? maximum = c.Config.Number("max_value");
        float slope = c.Config.Number("negative_slope", 0), threshold = c.Config.Number("threshold", 0);
        if (threshold == 0 && slope == 0)
            return maximum is null ? c.Unary("Relu", c.Input) : maximum == Relu6Maximum ? c.Unary("Relu6", c.Input)
                : c.Binary("Minimum", c.Unary("Relu", c.Input), c.Number("max_value", maximum.Value));
        if (threshold == 0)
        {
            KerasTensor leaky = Activations.LeakyRelu(c, c.Input, slope);
            return maximum is null ? leaky : c.Binary("Minimum", leaky, c.Number("max_value", maximum.Value));
        }
        KerasTensor above = Above(c, c.Input, threshold);
        if (maximum is not null) above = c.Binary("Minimum", above, c.Number("max_value", maximum.Value));
        if (slope == 0) return above;
        KerasTensor below = c.Unary("Relu", c.Binary("Sub", c.Number("threshold", threshold), c.Input), "below");
        return c.Binary("Sub", above, c.Binary("Mul", below, c.Number("negative_slope", slope)));
    }

    /// <summary>Keras 2 calls the slope alpha.</summary>
    public static KerasTensor LeakyRelu(LayerContext c) =>
        Activations.LeakyRelu(c, c.Input, c.Config.Number("negative_slope", c.Config.Number("alpha", LeakySlope)));

    /// <summary>A slope for each element, or each one of the axes that do not share theirs.</summary>
    public static KerasTensor PRelu(LayerContext c)
    {
        KerasTensor x = c.Input;
        KerasTensor alpha = c.Weights.Take("alpha", [.. Enumerable.Repeat(-1, x.Rank - 1)]);
        KerasTensor negative = c.Unary("Relu", c.Unary("Neg", x), "Relu_1");
        return c.Binary("AddV2", c.Unary("Relu", x), c.Binary("Mul", c.Unary("Neg", alpha, "Neg_1"), negative), "add");
    }

    public static KerasTensor Elu(LayerContext c)
    {
        float alpha = c.Config.Number("alpha", 1);
        KerasTensor elu = c.Unary("Elu", c.Input);
        if (alpha == 1) return elu;
        // Positive and negative parts, of which the second is scaled.
        KerasTensor negative = c.Binary("Minimum", elu, c.Number("zero", 0));
        return c.Binary("AddV2", c.Unary("Relu", c.Input), c.Binary("Mul", negative, c.Number("alpha", alpha)), "add");
    }

    public static KerasTensor ThresholdedRelu(LayerContext c) => Above(c, c.Input, c.Config.Number("theta", 1));

    public static KerasTensor Softmax(LayerContext c)
    {
        int[] axes = c.Config.Integers("axis") ?? [-1];
        if (axes.Length != 1 || c.Inputs.Count > 1) throw c.Unsupported("a softmax over several axes, or with a mask, is not supported.");
        return Activations.Softmax(c, c.Input, "Softmax", axes[0]);
    }

    /// <summary>x where it is greater than the threshold, and 0 elsewhere.</summary>
    private static KerasTensor Above(LayerContext c, KerasTensor x, float threshold)
    {
        KerasTensor greater =
            c.Add("Greater", "Greater", x.Shape, Graph.DataType.Bool, [x, c.Number("Greater/y", threshold)],
                ("T", GraphParts.Type(x.Type)));
        KerasTensor mask = c.Add("Cast_1", "Cast", x.Shape, x.Type, [greater], ("SrcT", GraphParts.Type(greater.Type)),
            ("DstT", GraphParts.Type(x.Type)));
        return c.Binary("Mul", mask, x, "mul");
    }
}
