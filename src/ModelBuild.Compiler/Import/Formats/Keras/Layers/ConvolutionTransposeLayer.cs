using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Transposed convolutions: the gradient of a convolution with respect to its input.</summary>
internal static class ConvolutionTransposeLayer
{
    public static KerasTensor Write(LayerContext c)
    {
        SpatialSettings settings = new(c, "kernel_size");
        int filters = c.Config.Integer("filters");
        KerasTensor x = settings.Enter();
        KerasTensor kernel = settings.Kernel(c.Weights.Take("kernel", [.. settings.Window, filters, x.Channels]), "ExpandDims_1");
        int[] shape = x.Shape.ToArray();
        int first = settings.IsSequence ? 2 : 1;
        int[]? extra = c.Config.Find("output_padding") is null ? null : c.Config.Spatial("output_padding", settings.Rank, 0);
        for (int axis = 0; axis < settings.Rank; axis++)
            shape[first + axis] = Length(settings, axis, c.Require(x, first + axis, "a spatial dimension"), extra?[axis]);
        shape[^1] = filters;
        string operation = settings.Rank == 3 ? "Conv3DBackpropInputV2" : "Conv2DBackpropInput";
        KerasTensor y = c.Add("conv_transpose", operation, Shape.Of(shape), x.Type, [Sizes(c, x, shape), kernel, x],
            [("T", GraphParts.Type(x.Type)), .. settings.Attributes, settings.DilationAttribute]);
        y = c.Bias(y, c.Weights.TakeIf(c.Config.Flag("use_bias", true), "bias", filters));
        return settings.Leave(Activations.Apply(c, y));
    }

    /// <summary>Outputs along an axis, of which a convolution would make the inputs.</summary>
    private static int Length(SpatialSettings settings, int axis, int inputs, int? extra)
    {
        int stride = settings.Strides[axis], span = checked((settings.Window[axis] - 1) * settings.Dilations[axis] + 1);
        bool same = settings.PaddingName == "SAME";
        if (extra is null) return checked(inputs * stride + (same ? 0 : Math.Max(span - stride, 0)));
        return checked((inputs - 1) * stride + span - (same ? span / 2 * 2 : 0) + extra.Value);
    }

    /// <summary>The result's shape as a tensor, the batch being that of the input.</summary>
    private static KerasTensor Sizes(LayerContext c, KerasTensor x, int[] shape)
    {
        if (shape[0] != Shape.Unknown) return c.Integers("stack", shape);
        KerasTensor batch = c.Slice(c.Add("Shape", "Shape", Shape.Of(x.Rank), DataType.Int32, [x], ("T", GraphParts.Type(x.Type)),
            ("out_type", GraphParts.Type(DataType.Int32))), 0, 0, 1);
        return c.Concat([batch, c.Integers("stack/sizes", shape[1..])], 0, "stack");
    }
}
