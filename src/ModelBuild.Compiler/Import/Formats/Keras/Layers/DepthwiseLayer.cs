namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Depthwise and separable convolutions.</summary>
internal static class DepthwiseLayer
{
    public static KerasTensor Write(LayerContext c)
    {
        SpatialSettings settings = new(c, "kernel_size");
        KerasTensor y = Depthwise(c, settings);
        y = c.Bias(y, c.Weights.TakeIf(c.Config.Flag("use_bias", true), "bias", y.Channels));
        return settings.Leave(Activations.Apply(c, y));
    }

    /// <summary>A depthwise convolution, then one of a single pixel.</summary>
    public static KerasTensor Separable(LayerContext c)
    {
        SpatialSettings settings = new(c, "kernel_size");
        int filters = c.Config.Integer("filters");
        KerasTensor x = Depthwise(c, settings);
        int[] ones = [.. Enumerable.Repeat(1, settings.Rank)];
        KerasTensor kernel = settings.Kernel(c.Weights.Take("pointwise_kernel", [.. ones, x.Channels, filters]), "ExpandDims_2");
        KerasTensor y = c.Add("separable_conv2d", "Conv2D", Graph.Shape.Of([.. x.Shape.Dimensions[..^1], filters]), [x, kernel],
            ("strides", GraphParts.Integers(1, 1, 1, 1)), ("padding", GraphParts.Text("VALID")),
                ("data_format", GraphParts.Text(settings.Format)));
        y = c.Bias(y, c.Weights.TakeIf(c.Config.Flag("use_bias", true), "bias", filters));
        return settings.Leave(Activations.Apply(c, y));
    }

    private static KerasTensor Depthwise(LayerContext c, SpatialSettings settings)
    {
        int multiplier = c.Config.Integer("depth_multiplier", 1);
        KerasTensor x = settings.Enter();
        KerasTensor kernel =
            settings.Kernel(c.Weights.Take("depthwise_kernel", [.. settings.Window, x.Channels, multiplier]), "ExpandDims_1");
        return c.Add("depthwise", "DepthwiseConv2dNative", settings.Output(x, checked(x.Channels * multiplier)), [x, kernel],
            [.. settings.Attributes, settings.DilationAttribute]);
    }
}
