using System.Text.Json;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>From the JSON description of a functional or sequential model, as Keras 2 and 3 write it, to a model.</summary>
internal static class KerasModelParser
{
    private const string InputLayer = "InputLayer", ConstantMark = "_CONSTANT_VALUE", TensorMark = "__keras_tensor__";

    private static readonly HashSet<string> ModelClasses = new(StringComparer.Ordinal) { "Functional", "Model", "Sequential" };

    /// <summary>The layer is a model.</summary>
    public static bool IsModel(string className) => ModelClasses.Contains(className);

    /// <summary>The model in { "class_name": ..., "config": ... }.</summary>
    /// <exception cref="ModelBuildException">It is a model of a class of its own, or contradicts itself.</exception>
    public static KerasModel Parse(JsonElement json)
    {
        KerasConfig outer = new(json);
        string className = outer.Text("class_name");
        if (!IsModel(className) || outer.Find("config") is not { } config || !IsDescribed(config))
            throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
                $"The model is of the class {className}, whose layers only its Python code knows. Export it as a SavedModel: "
                    + "model.export(folder), or tf.saved_model.save(model, folder).");
        return className == "Sequential" ? Sequential(config) : Functional(new KerasConfig(config));
    }

    /// <summary>Subclassed models keep their constructor's arguments, but no layers.</summary>
    private static bool IsDescribed(JsonElement config) =>
        config.ValueKind == JsonValueKind.Array || new KerasConfig(config).Find("layers") is { ValueKind: JsonValueKind.Array };

    private static KerasModel Functional(KerasConfig config)
    {
        JsonElement[] items = [.. config.Find("layers")!.Value.EnumerateArray()];
        HashSet<string> names = [.. items.Select(item => Name(new KerasConfig(item)))];
        List<KerasLayer> layers = [.. items.Select(item => Layer(new KerasConfig(item), names))];
        return new KerasModel(config.Text("name", "model"), layers, References(config, "input_layers"),
            References(config, "output_layers"));
    }

    /// <summary>A chain of layers; where no input layer stands first, the first layer tells the input's shape.</summary>
    private static KerasModel Sequential(JsonElement json)
    {
        KerasConfig config = new(json);
        JsonElement items = json.ValueKind == JsonValueKind.Array ? json : config.Find("layers")!.Value;
        List<KerasLayer> layers = [];
        foreach (JsonElement item in items.EnumerateArray())
        {
            KerasConfig outer = new(item);
            KerasConfig inner = outer.Object("config") ?? new KerasConfig(item);
            if (layers.Count == 0 && outer.Text("class_name") != InputLayer)
                layers.Add(new KerasLayer(InputLayer, Free("input"), SequentialInput(config, inner), [new KerasCall([], Nothing)]));
            KerasCall call = layers.Count == 0 ? new KerasCall([], Nothing)
                : new KerasCall([new KerasArgument.Tensor(new KerasReference(layers[^1].Name, 0, 0))], Nothing);
            layers.Add(new KerasLayer(outer.Text("class_name"), Free(Name(outer)), inner, [call]));
        }
        Inconsistent(layers.Count == 0, "the model has no layers");
        return new KerasModel(config.Text("name", "sequential"), layers, [new(layers[0].Name, 0, 0)], [new(layers[^1].Name, 0, 0)]);

        string Free(string name) => layers.Any(layer => layer.Name == name) ? $"{name}_{layers.Count}" : name;
    }

    private static readonly Dictionary<string, KerasArgument> Nothing = [];

    private static KerasConfig SequentialInput(KerasConfig model, KerasConfig first)
    {
        // A nested model tells the shape in its own first layer.
        while (first.Find("batch_input_shape") is null && first.Find("batch_shape") is null
            && first.Find("layers") is { ValueKind: JsonValueKind.Array } nested && nested.GetArrayLength() > 0)
            first = new KerasConfig(nested[0]).Object("config") ?? first;
        return first.Shape("batch_input_shape") is null && first.Shape("batch_shape") is null
            && model.Shape("build_input_shape") is not null ? model : first;
    }

    private static string Name(KerasConfig layer) => layer.Find("name") is { ValueKind: JsonValueKind.String } name ? name.GetString()!
        : layer.Object("config")?.Text("name") ?? "";

    private static KerasLayer Layer(KerasConfig json, HashSet<string> names)
    {
        string name = Name(json);
        List<KerasCall> calls = [];
        if (json.Find("inbound_nodes") is { ValueKind: JsonValueKind.Array } nodes)
            foreach (JsonElement node in nodes.EnumerateArray())
                calls.Add(node.ValueKind == JsonValueKind.Object ? Call(node, names) : LegacyCall(node, names));
        if (calls.Count == 0) calls.Add(new KerasCall([], Nothing));
        return new KerasLayer(json.Text("class_name"), name, json.Object("config") ?? new KerasConfig(default), calls);
    }

    /// <summary>Keras 3: { "args": [...], "kwargs": {...} }.</summary>
    private static KerasCall Call(JsonElement node, HashSet<string> names)
    {
        KerasConfig call = new(node);
        List<KerasArgument> arguments = call.Find("args") is { ValueKind: JsonValueKind.Array } args
            ? [.. args.EnumerateArray().Select(value => Argument(value, names, false))] : [];
        return new KerasCall(arguments, Named(call.Find("kwargs"), names, false));
    }

    /// <summary>Keras 2: [["layer", call, output, { kwargs }], ...], which all belong to the first argument.</summary>
    private static KerasCall LegacyCall(JsonElement node, HashSet<string> names)
    {
        Inconsistent(node.ValueKind != JsonValueKind.Array, "a call is no list");
        // A single input may stand without its own list.
        JsonElement[] inputs = node.GetArrayLength() > 0 && node[0].ValueKind == JsonValueKind.String ? [node] : [.. node.EnumerateArray()];
        List<KerasArgument> arguments = [];
        Dictionary<string, KerasArgument> named = Nothing;
        foreach (JsonElement input in inputs)
        {
            if (input.ValueKind == JsonValueKind.Object) // of models with a dictionary of inputs
            {
                arguments.AddRange(input.EnumerateObject().Select(pair => Argument(pair.Value, names, true)));
                continue;
            }
            Inconsistent(input.ValueKind != JsonValueKind.Array || input.GetArrayLength() < 3, "an input is no [layer, call, output]");
            arguments.Add(input[0].ValueKind == JsonValueKind.String && input[0].GetString() == ConstantMark
                ? new KerasArgument.Constant(input[2]) : new KerasArgument.Tensor(Reference(input)));
            if (input.GetArrayLength() > 3 && named.Count == 0) named = Named(input[3], names, true);
        }
        return new KerasCall(arguments.Count == 1 ? arguments : [new KerasArgument.List(arguments)], named);
    }

    private static Dictionary<string, KerasArgument> Named(JsonElement? json, HashSet<string> names, bool legacy) =>
        json is not { ValueKind: JsonValueKind.Object } values ? Nothing
            : values.EnumerateObject().ToDictionary(pair => pair.Name, pair => Argument(pair.Value, names, legacy), StringComparer.Ordinal);

    private static KerasArgument Argument(JsonElement value, HashSet<string> names, bool legacy)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("class_name", out JsonElement kind)
            && kind.ValueKind == JsonValueKind.String && kind.GetString() == TensorMark)
        {
            JsonElement? history = new KerasConfig(value).Object("config")?.Find("keras_history");
            Inconsistent(history is not { ValueKind: JsonValueKind.Array }
                || history.Value.GetArrayLength() < 3, "a tensor has no history");
            return new KerasArgument.Tensor(Reference(history!.Value));
        }
        if (value.ValueKind != JsonValueKind.Array) return new KerasArgument.Constant(value);
        if (legacy && IsLegacyReference(value, names)) return new KerasArgument.Tensor(Reference(value));
        KerasArgument[] items = [.. value.EnumerateArray().Select(item => Argument(item, names, legacy))];
        return items.Any(item => item.References.Any()) ? new KerasArgument.List(items) : new KerasArgument.Constant(value);
    }

    /// <summary>["layer", 0, 0], where a list of a text and two numbers means nothing else.</summary>
    private static bool IsLegacyReference(JsonElement value, HashSet<string> names) =>
        value.GetArrayLength() is 3 or 4 && value[0].ValueKind == JsonValueKind.String && names.Contains(value[0].GetString()!)
        && value[1].ValueKind == JsonValueKind.Number && value[2].ValueKind == JsonValueKind.Number;

    private static KerasReference Reference(JsonElement value)
    {
        Inconsistent(value[0].ValueKind != JsonValueKind.String, "a reference names no layer");
        Inconsistent(!(value[1].TryGetInt32(out int call) & value[2].TryGetInt32(out int output)), "a reference has no numbers");
        return new KerasReference(value[0].GetString()!, call, output);
    }

    /// <summary>One reference, a list of them, or an object of them.</summary>
    private static List<KerasReference> References(KerasConfig config, string name)
    {
        List<KerasReference> references = [];
        if (config.Find(name) is { } value) Add(value);
        Inconsistent(references.Count == 0, $"{name} is empty");
        return references;

        void Add(JsonElement item)
        {
            if (item.ValueKind == JsonValueKind.Object)
                foreach (JsonProperty property in item.EnumerateObject()) Add(property.Value);
            else if (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() >= 3 && item[0].ValueKind == JsonValueKind.String)
                references.Add(Reference(item));
            else if (item.ValueKind == JsonValueKind.Array)
                foreach (JsonElement inner in item.EnumerateArray()) Add(inner);
        }
    }

    private static void Inconsistent(bool wrong, string what)
    {
        if (wrong) throw new ModelBuildException(DiagnosticCode.InvalidGraph,
            $"The model's description contradicts itself: {what}. Save the model again.");
    }
}
