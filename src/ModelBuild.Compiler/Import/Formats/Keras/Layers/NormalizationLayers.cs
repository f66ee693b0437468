using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Layers that normalise.</summary>
internal static class NormalizationLayers
{
    private const float Epsilon = 0.001f, SmallEpsilon = 1e-7f, UnitEpsilon = 1e-12f;

    /// <summary>With the statistics of training.</summary>
    public static KerasTensor Batch(LayerContext c)
    {
        KerasTensor x = c.Input;
        int[] axes = c.Config.Integers("axis") ?? [-1];
        if (axes.Length != 1) throw c.Unsupported("normalisation along several axes is not supported.");
        int axis = c.Axis(x, axes[0]), channels = x.Shape[axis];
        KerasTensor? gamma = c.Weights.TakeIf(c.Config.Flag("scale", true), "gamma", channels);
        KerasTensor? beta = c.Weights.TakeIf(c.Config.Flag("center", true), "beta", channels);
        KerasTensor mean = c.Weights.Take("moving_mean", channels), variance = c.Weights.Take("moving_variance", channels);
        float epsilon = c.Config.Number("epsilon", Epsilon);
        if (x.Rank != 4) return Unfused(c, x, axis, gamma, beta, mean, variance, epsilon);
        bool first = axis == 1;
        if (!first && axis != 3) return Unfused(c, x, axis, gamma, beta, mean, variance, epsilon);
        if (first) x = c.Transpose(x, "channels_last", 0, 2, 3, 1);
        gamma ??= Filled(c, "gamma", channels, 1);
        beta ??= Filled(c, "beta", channels, 0);
        KerasTensor y = c.Add("FusedBatchNormV3", "FusedBatchNormV3", x.Shape, x.Type, [x, gamma, beta, mean, variance],
            ("T", GraphParts.Type(DataType.Float32)), ("U", GraphParts.Type(DataType.Float32)), ("data_format", GraphParts.Text("NHWC")),
            ("epsilon", GraphParts.Number(epsilon)), ("is_training", GraphParts.Flag(false)),
                ("exponential_avg_factor", GraphParts.Number(1)));
        return first ? c.Transpose(y, "channels_first", 0, 3, 1, 2) : y;
    }

    /// <summary>With the statistics of each sample along some axes.</summary>
    public static KerasTensor Layer(LayerContext c)
    {
        KerasTensor x = c.Input;
        int[] axes = [.. (c.Config.Integers("axis") ?? [-1]).Select(axis => c.Axis(x, axis)).Order()];
        bool rms = c.Config.Flag("rms_scaling", false);
        int[] sizes = [.. axes.Select(axis => x.Shape[axis])];
        KerasTensor? gamma = c.Weights.TakeIf(rms || c.Config.Flag("scale", true), "gamma", sizes);
        KerasTensor? beta = c.Weights.TakeIf(!rms && c.Config.Flag("center", true), "beta", sizes);
        return Centred(c, x, axes, gamma, beta, c.Config.Number("epsilon", Epsilon), rms);
    }

    /// <summary>By the root of the mean square, without centring.</summary>
    public static KerasTensor Rms(LayerContext c)
    {
        KerasTensor x = c.Input;
        int axis = c.Axis(x, c.Config.Integer("axis", -1));
        return Centred(c, x, [axis], c.Weights.Take("scale", x.Shape[axis]), null, c.Config.Number("epsilon", 1e-6f), true);
    }

    /// <summary>With the statistics of each sample and group of channels.</summary>
    public static KerasTensor Group(LayerContext c)
    {
        KerasTensor x = c.Input;
        int axis = c.Axis(x, c.Config.Integer("axis", -1)), channels = c.Require(x, axis, "the number of channels"),
            groups = c.Config.Integer("groups", 32);
        if (groups == -1) groups = channels;
        if (groups < 1 || channels % groups != 0) throw c.Unsupported($"{channels} channels do not divide into {groups} groups.");
        KerasTensor? gamma = c.Weights.TakeIf(c.Config.Flag("scale", true), "gamma", channels);
        KerasTensor? beta = c.Weights.TakeIf(c.Config.Flag("center", true), "beta", channels);
        int[] shape = x.Shape.ToArray();
        KerasTensor grouped = c.Reshape(x, "Reshape", [.. shape[..axis], groups, channels / groups, .. shape[(axis + 1)..]]);
        int[] reduced = [.. Enumerable.Range(1, x.Rank).Where(dimension => dimension != axis)];
        KerasTensor normalized =
            c.Reshape(Centred(c, grouped, reduced, null, null, c.Config.Number("epsilon", Epsilon), false), "Reshape_1", shape);
        return Affine(c, normalized, [axis], gamma, beta);
    }

    /// <summary>To the Euclidean length 1.</summary>
    public static KerasTensor Unit(LayerContext c)
    {
        KerasTensor x = c.Input;
        int[] axes = [.. (c.Config.Integers("axis") ?? [-1]).Select(axis => c.Axis(x, axis))];
        KerasTensor square = c.Reduce("Sum", c.Unary("Square", x), true, "Sum", axes);
        return c.Binary("Mul", x, c.Unary("Rsqrt", c.Binary("Maximum", square, c.Number("Maximum/y", UnitEpsilon))), "mul");
    }

    /// <summary>With statistics of the data that were set or adapted.</summary>
    public static KerasTensor Features(LayerContext c)
    {
        KerasTensor x = c.Input;
        int[] axes = c.Config.Find("axis") is null ? [] : [.. c.Config.Integers("axis")!.Select(axis => c.Axis(x, axis)).Order()];
        int[] sizes = [.. axes.Select(axis => x.Shape[axis])];
        int[] broadcast = [.. Enumerable.Range(0, x.Rank).Select(axis => axes.Contains(axis) ? x.Shape[axis] : 1)];
        KerasTensor mean = Statistic("mean"), variance = Statistic("variance");
        KerasTensor deviation = c.Binary("Maximum", c.Unary("Sqrt", variance), c.Number("Maximum/y", SmallEpsilon));
        return c.Config.Flag("invert", false)
            ? c.Binary("AddV2", c.Binary("Mul", x, deviation, "mul"), mean, "add")
            : c.Binary("RealDiv", c.Binary("Sub", x, mean, "sub"), deviation, "truediv");

        KerasTensor Statistic(string name)
        {
            KerasTensor value = c.Config.Numbers(name) is { } given ? c.Numbers(name, Shape.Of(given.Length), given)
                : c.Weights.Take(name, sizes);
            return value.Shape.Count == 1 ? c.Reshape(value, $"Reshape_{name}", [.. Enumerable.Repeat(1, x.Rank)])
                : c.Reshape(value, $"Reshape_{name}", broadcast);
        }
    }

    public static KerasTensor Rescaling(LayerContext c)
    {
        float[] scale = c.Config.Numbers("scale") ?? [1], offset = c.Config.Numbers("offset") ?? [0];
        KerasTensor y = c.Binary("Mul", c.Input, Of("Cast/x", scale), "mul");
        return c.Binary("AddV2", y, Of("Cast_1/x", offset), "add");

        KerasTensor Of(string step, float[] values) => c.Numbers(step, values.Length == 1 ? Shape.Scalar : Shape.Of(values.Length), values);
    }

    private static KerasTensor Unfused(LayerContext c, KerasTensor x, int axis, KerasTensor? gamma, KerasTensor? beta, KerasTensor mean,
        KerasTensor variance, float epsilon)
    {
        KerasTensor factor =
            c.Unary("Rsqrt", c.Binary("AddV2", variance, c.Number("batchnorm/add/y", epsilon), "batchnorm/add"), "batchnorm/Rsqrt");
        if (gamma is not null) factor = c.Binary("Mul", factor, gamma, "batchnorm/mul");
        KerasTensor shift = c.Binary("Mul", mean, factor, "batchnorm/mul_2");
        shift = beta is null ? c.Unary("Neg", shift, "batchnorm/Neg") : c.Binary("Sub", beta, shift, "batchnorm/sub");
        return c.Binary("AddV2", c.Binary("Mul", x, Along(c, factor, x, [axis], "factor"), "batchnorm/mul_1"),
            Along(c, shift, x, [axis], "shift"), "batchnorm/add_1");
    }

    private static KerasTensor Centred(LayerContext c, KerasTensor x, int[] axes, KerasTensor? gamma, KerasTensor? beta, float epsilon,
        bool rms)
    {
        KerasTensor centred = rms ? x : c.Binary("Sub", x, c.Reduce("Mean", x, true, "moments/mean", axes), "sub");
        KerasTensor variance = c.Reduce("Mean", c.Unary("Square", centred, "moments/Square"), true, "moments/variance", axes);
        KerasTensor factor =
            c.Unary("Rsqrt", c.Binary("AddV2", variance, c.Number("batchnorm/add/y", epsilon), "batchnorm/add"), "batchnorm/Rsqrt");
        return Affine(c, c.Binary("Mul", centred, factor, "batchnorm/mul"), axes, gamma, beta);
    }

    private static KerasTensor Affine(LayerContext c, KerasTensor x, int[] axes, KerasTensor? gamma, KerasTensor? beta)
    {
        if (gamma is not null) x = c.Binary("Mul", x, Along(c, gamma, x, axes, "gamma"), "batchnorm/mul_1");
        return beta is null ? x : c.Binary("AddV2", x, Along(c, beta, x, axes, "beta"), "batchnorm/add_1");
    }

    /// <summary>Numbers along some axes in a shape that broadcasts to the tensor's.</summary>
    private static KerasTensor Along(LayerContext c, KerasTensor values, KerasTensor x, int[] axes, string step)
    {
        // Where the axes are the last ones they broadcast as they are.
        if (axes.SequenceEqual(Enumerable.Range(x.Rank - axes.Length, axes.Length))) return values;
        return c.Reshape(values, $"Reshape_{step}",
            [.. Enumerable.Range(0, x.Rank).Select(axis => axes.Contains(axis) ? x.Shape[axis] : 1)]);
    }

    private static KerasTensor Filled(LayerContext c, string name, int count, float value) =>
        c.Numbers(name, Shape.Of(count), [.. Enumerable.Repeat(value, count)]);
}
