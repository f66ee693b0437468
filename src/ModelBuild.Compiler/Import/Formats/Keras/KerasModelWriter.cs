using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Writes the layers of a Keras model into a graph, models inside models as well.</summary>
/// <param name="graph">Gets the nodes.</param>
/// <param name="version">Major version of Keras, by which some functions differ.</param>
internal sealed class KerasModelWriter(KerasGraph graph, int version)
{
    private const string InputLayer = "InputLayer";
    private const int DeepestNesting = 50; // of models inside models; each takes some of the thread's stack

    private int _nesting;

    public KerasGraph Graph => graph;

    /// <summary>Major version of Keras that saved the model.</summary>
    public int Version => version;

    /// <summary>Writes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weights">Its variables.</param>
    /// <param name="scope">What names of nodes begin with.</param>
    /// <param name="inputs">What it is applied to; null makes placeholders.</param>
    /// <returns>Its outputs.</returns>
    public IReadOnlyList<KerasTensor> Write(KerasModel model, LayerWeights weights, string scope, IReadOnlyList<KerasTensor>? inputs)
    {
        if (++_nesting > DeepestNesting) throw Inference.Error($"models are nested more than {DeepestNesting} deep.");
        Dictionary<KerasReference, KerasTensor> values = [];
        if (inputs is not null)
        {
            Inference.Require(inputs.Count == model.Inputs.Count,
                $"the model {model.Name} has {model.Inputs.Count} inputs and is applied to {inputs.Count}.");
            for (int i = 0; i < inputs.Count; i++) values[model.Inputs[i]] = inputs[i];
        }
        List<(KerasLayer Layer, int Call)> open = [.. model.Layers.SelectMany(layer => layer.Calls.Select((_, call) => (layer, call)))];
        while (open.Count > 0)
        {
            // Usually all calls stand after those that they read.
            List<(KerasLayer Layer, int Call)> waiting = [];
            foreach ((KerasLayer layer, int call) in open)
            {
                if (values.ContainsKey(new KerasReference(layer.Name, call, 0))) continue;
                if (!layer.Calls[call].References.All(values.ContainsKey))
                {
                    waiting.Add((layer, call));
                    continue;
                }
                IReadOnlyList<KerasTensor> results = Write(model, layer, layer.Calls[call], weights, scope, values);
                for (int output = 0; output < results.Count; output++)
                    values[new KerasReference(layer.Name, call, output)] = results[output];
            }
            if (waiting.Count == open.Count) break; // what is left depends on what is not there; it matters only where an output does
            open = waiting;
        }
        _nesting--;
        return [.. model.Outputs.Select(output => values.GetValueOrDefault(output)
            ?? throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"The output {output.Layer} of the model {model.Name} depends "
                + "on a layer that is missing or on itself. Save the model again."))];
    }

    /// <summary>Writes one layer, on its own or inside another.</summary>
    public IReadOnlyList<KerasTensor> Write(LayerContext context)
    {
        try
        {
            if (KerasModelParser.IsModel(context.ClassName))
            {
                KerasModel inner = KerasModelParser.Parse(
                    System.Text.Json.JsonSerializer.SerializeToElement(
                        new Dictionary<string, object> { ["class_name"] = context.ClassName, ["config"] = context.Config.Json }));
                return Write(inner, context.Weights, context.Scope, context.Inputs);
            }
            LayerEmitter emit = LayerTable.Find(context.ClassName)
                ?? throw new ModelBuildException(DiagnosticCode.UnsupportedOperations, $"the layer {context.ClassName} is not supported.");
            return LayerTable.Emit(emit, context);
        }
        catch (ModelBuildException error) when (!error.Message.StartsWith("Layer ", StringComparison.Ordinal))
        {
            throw new ModelBuildException(error.Code, $"Layer {context.Name} ({context.ClassName}): {error.Message}", error.File, error);
        }
        catch (OverflowException error)
        {
            throw new ModelBuildException(DiagnosticCode.InvalidGraph,
                $"Layer {context.Name} ({context.ClassName}): a number is too great.", null, error);
        }
    }

    private IReadOnlyList<KerasTensor> Write(
        KerasModel model, KerasLayer layer, KerasCall call, LayerWeights weights, string scope,
            Dictionary<KerasReference, KerasTensor> values)
    {
        if (layer.ClassName == InputLayer) return [graph.Placeholder(layer.Name, InputType(layer.Config), InputShape(layer))];
        KerasTensor[] inputs = [.. call.References.Select(reference => values[reference])];
        return Write(new LayerContext(layer, call, inputs, weights.Layer(model, layer), $"{scope}/{layer.Name}", this));
    }

    private static Shape InputShape(KerasLayer layer)
    {
        int[]? shape = layer.Config.Shape("batch_input_shape") ?? layer.Config.Shape("batch_shape")
            ?? layer.Config.Shape("build_input_shape");
        if (shape is not null) return Shape.Of(shape);
        return (layer.Config.Shape("shape") ?? layer.Config.Shape("input_shape")) is { } sample ? Shape.Of([Shape.Unknown, .. sample])
            : layer.Config.Find("input_length") is not null ? Shape.Of(Shape.Unknown, layer.Config.Integer("input_length"))
            : throw new ModelBuildException(DiagnosticCode.DynamicShape, $"The shape of the model's input ({layer.Name}) is not in the "
                + "file. Give the first layer an input_shape, or call the model once, and save it again.");
    }

    private static DataType InputType(KerasConfig config) =>
        config.Find("dtype") is { ValueKind: System.Text.Json.JsonValueKind.String } type ? type.GetString() switch
    {
        "int32" => DataType.Int32,
        "int64" => DataType.Int64,
        "uint8" => DataType.UInt8,
        "bool" => DataType.Bool,
        "string" => throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
            "The model takes text, which is not supported. Cut its preprocessing off: save the model behind it."),
        // What computes in less precise or in double numbers is given float32, too.
        _ => DataType.Float32,
    } : DataType.Float32;
}
