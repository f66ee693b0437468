using System.Text.Json;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>
/// TensorFlow functions applied to Keras tensors in Python, as x + 3.0: Keras 2 keeps them as layers TFOpLambda with the
/// function's name, Keras 3 as operations with a class name.
/// </summary>
internal static class FunctionLayers
{
    /// <summary>Keras 2.</summary>
    public static KerasTensor Lambda(LayerContext c)
    {
        string function = c.Config.Text("function", "");
        return function switch
        {
            "math.add" or "__operators__.add" => Binary(c, "AddV2"),
            "math.subtract" => Binary(c, "Sub"),
            "math.multiply" => Binary(c, "Mul"),
            "math.divide" or "math.truediv" or "__operators__.truediv" => Binary(c, "RealDiv"),
            "math.maximum" => Binary(c, "Maximum"),
            "math.minimum" => Binary(c, "Minimum"),
            "math.pow" => Binary(c, "Pow"),
            "math.reduce_mean" => Reduce(c, "Mean"),
            "math.reduce_sum" => Reduce(c, "Sum"),
            "math.reduce_max" => Reduce(c, "Max"),
            "math.reduce_min" => Reduce(c, "Min"),
            "concat" => c.Concat([.. c.Inputs],
                c.Axis(c[0], Integer(Argument(c, "axis", 1) ?? throw c.Unsupported("the axis of concat is missing.")))),
            "reshape" => Reshape(c),
            "transpose" => Transpose(c, "perm"),
            "expand_dims" => c.ExpandDims(c[0], IntegerOr(c, "axis", 1, 0)),
            "squeeze" => c.Squeeze(c[0], c.Axis(c[0], IntegerOr(c, "axis", 1, -1))),
            "__operators__.getitem" => GetItem(c),
            "linalg.matmul" => Product(c),
            "clip_by_value" => Clip(c, "clip_value_min", "clip_value_max"),
            "cast" or "identity" or "stop_gradient" => c[0],
            "nn.relu" or "nn.relu6" or "nn.elu" or "nn.selu" or "nn.softplus" or "nn.softsign" or "nn.tanh" or "nn.sigmoid" or "nn.softmax"
                or "nn.silu" or "nn.swish" or "nn.gelu" =>
                Activations.Apply(c, c.Input, function["nn.".Length..]),
            "math.sigmoid" or "math.tanh" or "math.softplus" => Activations.Apply(c, c.Input, function["math.".Length..]),
            "math.exp" => c.Unary("Exp", c.Input),
            "math.log" => c.Unary("Log", c.Input),
            "math.sqrt" => c.Unary("Sqrt", c.Input),
            "math.rsqrt" => c.Unary("Rsqrt", c.Input),
            "math.square" => c.Unary("Square", c.Input),
            "math.abs" => c.Unary("Abs", c.Input),
            "math.negative" => c.Unary("Neg", c.Input),
            _ => throw Unknown(c, $"the function tf.{function}"),
        };
    }

    /// <summary>Keras 3.</summary>
    public static KerasTensor Operation(LayerContext c) => c.ClassName switch
    {
        "Relu" or "Relu6" or "Sigmoid" or "Silu" or "Tanh" or "Softplus" or "Softsign" or "Selu"
            or "Elu" => Activations.Apply(c, c.Input, c.ClassName.ToLowerInvariant()),
        "HardSigmoid" => Activations.Apply(c, c.Input, "hard_sigmoid"),
        "HardSilu" => Activations.Apply(c, c.Input, "hard_silu"),
        "LogSoftmax" => Activations.Softmax(c, c.Input, "LogSoftmax", IntegerOr(c, "axis", 1, -1)),
        "Gelu" => Activations.Gelu(c, c.Input, c.Config.Flag("approximate", true)),
        "Exp" or "Log" or "Sqrt" or "Square" or "Abs" => c.Unary(c.ClassName, c.Input),
        "Absolute" => c.Unary("Abs", c.Input),
        "Negative" => c.Unary("Neg", c.Input),
        "Power" => Binary(c, "Pow"),
        "Mean" or "Sum" or "Max" or "Min" => Reduce(c, c.ClassName),
        "Transpose" => Transpose(c, "axes"),
        "ExpandDims" => c.ExpandDims(c[0], IntegerOr(c, "axis", 1, 0)),
        "Squeeze" => c.Squeeze(c[0], c.Axis(c[0], IntegerOr(c, "axis", 1, -1))),
        "GetItem" => GetItem(c),
        "Matmul" => Product(c),
        "Clip" => Clip(c, "x_min", "x_max"),
        _ => throw Unknown(c, $"the operation {c.ClassName}"),
    };

    /// <summary>An integer argument.</summary>
    public static int Integer(KerasArgument argument) =>
        argument is KerasArgument.Constant { Value: { ValueKind: JsonValueKind.Number } value } && value.TryGetInt32(out int number)
        ? number : throw Inference.Error("an argument is no integer.");

    /// <summary>An argument by its name or position; settings of Keras 3's operations stand in their configuration.</summary>
    private static KerasArgument? Argument(LayerContext c, string name, int position) =>
        c.Call.Named.TryGetValue(name, out KerasArgument? named) ? named
            : position < c.Call.Arguments.Count ? c.Call.Arguments[position]
            : c.Config.Find(name) is { } setting ? new KerasArgument.Constant(setting) : null;

    private static int IntegerOr(LayerContext c, string name, int position, int fallback) =>
        Argument(c, name, position) is { } argument and not KerasArgument.Constant { Value.ValueKind: JsonValueKind.Null }
            ? Integer(argument) : fallback;

    private static float Number(LayerContext c, string name, int position) =>
        Argument(c, name, position) is KerasArgument.Constant { Value.ValueKind: JsonValueKind.Number } value ? value.Value.GetSingle()
            : throw c.Unsupported($"the argument {name} is missing or computed.");

    /// <summary>Integers of a list or a single one; null where the argument is absent or null.</summary>
    private static int[]? Integers(LayerContext c, string name, int position)
    {
        if (Argument(c, name, position) is not KerasArgument.Constant { Value.ValueKind: not JsonValueKind.Null } argument) return null;
        return Member(name, argument.Value).Integers(name);
    }

    /// <summary>x and y, each a tensor or a number, in the order of the function's parameters.</summary>
    private static KerasTensor Binary(LayerContext c, string operation)
    {
        KerasArgument first = Argument(c, "x", 0) ?? Argument(c, "x1", 0) ?? throw c.Unsupported("an operand is missing.");
        KerasArgument second = Argument(c, "y", 1) ?? Argument(c, "x2", 1) ?? throw c.Unsupported("an operand is missing.");
        int next = 0;
        KerasTensor a = Operand(first, "x"), b = Operand(second, "y");
        return c.Binary(operation, a, b);

        KerasTensor Operand(KerasArgument argument, string step) => argument switch
        {
            KerasArgument.Tensor => c.Float(c[next++]),
            KerasArgument.Constant { Value.ValueKind: JsonValueKind.Number } number => c.Number(step, number.Value.GetSingle()),
            KerasArgument.Constant { Value.ValueKind: JsonValueKind.Array } list => Vector(list.Value, step),
            // NumPy arrays are wrapped.
            KerasArgument.Constant { Value.ValueKind: JsonValueKind.Object } wrapped when new KerasConfig(wrapped.Value)
                .Object("config")?.Find("value") is { } value => Vector(value, step),
            _ => throw c.Unsupported("an operand is neither tensor nor number."),
        };

        KerasTensor Vector(JsonElement value, string step)
        {
            float[] numbers = Member(step, value).Numbers(step)!;
            return c.Numbers(step, value.ValueKind == JsonValueKind.Array ? Shape.Of(numbers.Length) : Shape.Scalar, numbers);
        }
    }

    /// <summary>A configuration with a single member, to read a lone value by its rules.</summary>
    private static KerasConfig Member(string name, JsonElement value) =>
        new(JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [name] = value }));

    private static KerasTensor Reduce(LayerContext c, string operation)
    {
        int[] axes = Integers(c, "axis", 1) ?? [.. Enumerable.Range(0, c[0].Rank)];
        bool keep = Argument(c, "keepdims", 2) is KerasArgument.Constant { Value.ValueKind: JsonValueKind.True };
        return c.Reduce(operation, c.Input, keep, operation, [.. axes.Select(axis => c.Axis(c[0], axis))]);
    }

    private static KerasTensor Reshape(LayerContext c)
    {
        int[] shape = Integers(c, "shape", 1) ?? throw c.Unsupported("the shape is computed.");
        // A batch written as the only open dimension stays open.
        return c.Reshape(c[0], "Reshape", c[0].Shape.IsStatic ? Graph.Operations.Reshape.Resolve(c[0].Shape, shape) : shape);
    }

    private static KerasTensor Transpose(LayerContext c, string name)
    {
        int[] permutation = Integers(c, name, 1) ?? [.. Enumerable.Range(0, c[0].Rank).Reverse()];
        return c.Transpose(c[0], "transpose", [.. permutation.Select(axis => c.Axis(c[0], axis))]);
    }

    private static KerasTensor Product(LayerContext c)
    {
        KerasTensor a = c.Float(c[0]), b = c.Float(c[1]);
        bool left = Argument(c, "transpose_a", 2) is KerasArgument.Constant { Value.ValueKind: JsonValueKind.True };
        bool right = Argument(c, "transpose_b", 3) is KerasArgument.Constant { Value.ValueKind: JsonValueKind.True };
        if (a.Rank < 2 || b.Rank < 2) throw c.Unsupported($"the product of {a.Shape} and {b.Shape} is not supported.");
        Shape batch = Inference.Broadcast(Shape.Of(a.Shape.Dimensions[..^2]), Shape.Of(b.Shape.Dimensions[..^2]));
        Shape shape = Shape.Of([.. batch.Dimensions, a.Shape[left ? -1 : -2], b.Shape[right ? -2 : -1]]);
        return c.Add("MatMul", "BatchMatMulV2", shape, [a, b], ("adj_x", GraphParts.Flag(left)), ("adj_y", GraphParts.Flag(right)));
    }

    private static KerasTensor Clip(LayerContext c, string least, string greatest) =>
        Activations.Clip(c, c.Input, Number(c, least, 1), Number(c, greatest, 2));

    /// <summary>x[...]: Keras writes each entry as a number, or an object with start, stop and step.</summary>
    private static KerasTensor GetItem(LayerContext c)
    {
        JsonElement[] entries = [.. Entries()];
        KerasTensor x = c[0];
        int axis = 0;
        foreach (JsonElement entry in entries)
        {
            if (entry.ValueKind == JsonValueKind.Number)
            {
                int index = entry.GetInt32();
                if (index < 0) index += c.Require(x, axis, "a dimension that is counted from the end");
                x = c.Squeeze(c.Slice(x, axis, index, index + 1), axis);
                continue;
            }
            KerasConfig config = new(entry);
            KerasConfig slice = config.Object("config") ?? config;
            if (slice.Integer("step", 1) != 1 || entry.ValueKind != JsonValueKind.Object || axis >= x.Rank)
                throw c.Unsupported($"the index {entry} is not supported.");
            int? start = slice.Find("start") is null ? null : slice.Integer("start"), stop = slice.Find("stop") is null ? null
                : slice.Integer("stop");
            if (start is null or 0 && stop is null)
            {
                axis++;
                continue;
            }
            int size = c.Require(x, axis, "a sliced dimension");
            int begin = Math.Clamp(start is < 0 ? start.Value + size : start ?? 0, 0, size),
                end = Math.Clamp(stop is < 0 ? stop.Value + size : stop ?? size, begin, size);
            x = c.Slice(x, axis++, begin, end);
        }
        return x;

        IEnumerable<JsonElement> Entries()
        {
            KerasArgument? argument = Argument(c, "slice_spec", 1) ?? Argument(c, "key", 1);
            if (argument is not KerasArgument.Constant { Value: var value }) throw c.Unsupported("the index is computed.");
            // Tuples of Keras 3 stand in an object.
            if (value.ValueKind == JsonValueKind.Object && new KerasConfig(value).Find("items") is { ValueKind: JsonValueKind.Array } tuple)
                value = tuple;
            return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        }
    }

    private static Diagnostics.ModelBuildException Unknown(LayerContext c, string what) =>
        new(Diagnostics.DiagnosticCode.UnsupportedOperations,
        $"{what} is not supported. Export the model as a SavedModel, where it consists of TensorFlow's operations.");
}
