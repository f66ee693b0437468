using System.Text.Json;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Activation functions by the names that Keras gives them.</summary>
internal static class Activations
{
    private const int FirstWithNewHardSigmoid = 3; // major version of Keras
    private const float LeakySlope = 0.2f;

    /// <summary>Applies the activation in a layer's configuration.</summary>
    public static KerasTensor Apply(LayerContext c, KerasTensor x) => c.Config.Find("activation") is { } activation
        ? Apply(c, x, activation) : x;

    /// <summary>Applies an activation: a name, or an object with one.</summary>
    public static KerasTensor Apply(LayerContext c, KerasTensor x, JsonElement activation)
    {
        if (activation.ValueKind == JsonValueKind.String) return Apply(c, x, activation.GetString()!);
        KerasConfig config = new(activation);
        if (config.Find("config") is { ValueKind: JsonValueKind.String } function) return Apply(c, x, function.GetString()!);
        // A layer as activation.
        KerasLayer layer = new(config.Text("class_name"), config.Object("config")?.Text("name", "activation")
            ?? "activation", config.Object("config") ?? default, []);
        return c.Model.Write(c.Inside(layer, [x], c.Weights.Part(layer.Name)))[0];
    }

    /// <summary>Applies an activation by its name.</summary>
    public static KerasTensor Apply(LayerContext c, KerasTensor x, string name) => name switch
    {
        "linear" => x,
        "relu" => c.Unary("Relu", x),
        "relu6" => c.Unary("Relu6", x),
        "elu" => c.Unary("Elu", x),
        "selu" => c.Unary("Selu", x),
        "softmax" => Softmax(c, x, "Softmax"),
        "log_softmax" => Softmax(c, x, "LogSoftmax"),
        "softplus" => c.Unary("Softplus", x),
        "softsign" => c.Unary("Softsign", x),
        "tanh" => c.Unary("Tanh", x),
        "sigmoid" => c.Unary("Sigmoid", x),
        "exponential" => c.Unary("Exp", x),
        "leaky_relu" => LeakyRelu(c, x, LeakySlope),
        "swish" or "silu" => c.Binary("Mul", x, c.Unary("Sigmoid", x)),
        "mish" => c.Binary("Mul", x, c.Unary("Tanh", c.Unary("Softplus", x))),
        "hard_sigmoid" => HardSigmoid(c, x, c.Model.Version),
        "hard_silu" or "hard_swish" => c.Binary("Mul", x, HardSigmoid(c, x, FirstWithNewHardSigmoid)),
        "hard_tanh" => Clip(c, x, -1, 1),
        "log_sigmoid" => c.Unary("Neg", c.Unary("Softplus", c.Unary("Neg", x))),
        "tanh_shrink" => c.Binary("Sub", x, c.Unary("Tanh", x)),
        "gelu" => Gelu(c, x, false),
        "gelu_tanh" => Gelu(c, x, true),
        "celu" => c.Unary("Elu", x),
        "squareplus" => c.Binary("Mul", c.Binary("AddV2", x, c.Unary("Sqrt", c.Binary("AddV2", c.Unary("Square", x), c.Number("four", 4)))),
            c.Number("half", 0.5f)),
        _ => throw c.Unsupported(
            $"the activation {name} is not supported. Export the model as a SavedModel, where it consists of TensorFlow's operations."),
    };

    /// <summary>max(x, slope * x).</summary>
    public static KerasTensor LeakyRelu(LayerContext c, KerasTensor x, float slope) =>
        c.Add("LeakyRelu", "LeakyRelu", x.Shape, [x], ("alpha", GraphParts.Number(slope)));

    /// <summary>Softmax or LogSoftmax over an axis.</summary>
    public static KerasTensor Softmax(LayerContext c, KerasTensor x, string operation, int axis = -1)
    {
        axis = c.Axis(x, axis);
        if (axis == x.Rank - 1) return c.Unary(operation, x);
        // Swapping two axes undoes itself.
        int[] swap = [.. Enumerable.Range(0, x.Rank)];
        (swap[axis], swap[^1]) = (swap[^1], swap[axis]);
        return c.Transpose(c.Unary(operation, c.Transpose(x, "transpose", swap)), "transpose_back", swap);
    }

    /// <summary>Keras 2: 0.2 x + 0.5 between 0 and 1; Keras 3: relu6(x + 3) / 6.</summary>
    private static KerasTensor HardSigmoid(LayerContext c, KerasTensor x, int version) => version >= FirstWithNewHardSigmoid
        ? c.Binary("Mul", c.Unary("Relu6", c.Binary("AddV2", x, c.Number("three", 3), "hard_sigmoid/add")), c.Number("sixth", 1f / 6),
            "hard_sigmoid/mul")
        : Clip(c, c.Binary("AddV2", c.Binary("Mul", x, c.Number("slope", 0.2f), "hard_sigmoid/mul"), c.Number("offset", 0.5f),
            "hard_sigmoid/add"), 0, 1);

    /// <summary>The values moved into a range.</summary>
    public static KerasTensor Clip(LayerContext c, KerasTensor x, float least, float greatest) =>
        c.Binary("Maximum", c.Binary("Minimum", x, c.Number("clip_by_value/greatest", greatest), "clip_by_value/Minimum"),
            c.Number("clip_by_value/least", least), "clip_by_value");

    /// <summary>
    /// x * P(X ≤ x) of a normal distribution, exact or by its usual approximation with tanh (https://arxiv.org/abs/1606.08415).
    /// </summary>
    public static KerasTensor Gelu(LayerContext c, KerasTensor x, bool approximate)
    {
        KerasTensor half = c.Binary("Mul", x, c.Number("Gelu/half", 0.5f), "Gelu/mul");
        KerasTensor inner;
        if (approximate)
        {
            KerasTensor cubed = c.Binary("Mul", c.Binary("Mul", c.Unary("Square", x, "Gelu/square"), x, "Gelu/cube"),
                c.Number("Gelu/factor", 0.044715f), "Gelu/mul_1");
            inner = c.Unary("Tanh",
                c.Binary("Mul", c.Binary("AddV2", x, cubed, "Gelu/add"), c.Number("Gelu/scale", MathF.Sqrt(2 / MathF.PI)), "Gelu/mul_2"),
                    "Gelu/Tanh");
        }
        else inner = c.Unary("Erf", c.Binary("Mul", x, c.Number("Gelu/scale", MathF.Sqrt(0.5f)), "Gelu/mul_1"), "Gelu/Erf");
        return c.Binary("Mul", half, c.Binary("AddV2", inner, c.Number("Gelu/one", 1), "Gelu/add_1"), "Gelu/mul_3");
    }
}
