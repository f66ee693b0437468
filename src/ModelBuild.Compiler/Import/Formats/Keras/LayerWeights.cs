using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Gives a layer's variables as constants of the graph; a shared layer gets the same ones at each call.</summary>
/// <param name="graph">Gets the constants.</param>
/// <param name="source">Where the values come from.</param>
/// <param name="path">Name of the layer, with those of the models around it.</param>
internal sealed class LayerWeights(KerasGraph graph, KerasWeights source, string path)
{
    private readonly Dictionary<string, KerasTensor> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LayerWeights> _parts = new(StringComparer.Ordinal);

    /// <summary>A variable was left that no call has asked for.</summary>
    public bool HasMore => source.HasMore;

    /// <summary>A variable of a shape, in which -1 is any dimension.</summary>
    public KerasTensor Take(string name, params ReadOnlySpan<int> shape)
    {
        if (_taken.TryGetValue(name, out KerasTensor? known)) return known;
        Tensor tensor = source.Take(name);
        bool fits = tensor.Shape.Rank == shape.Length;
        for (int axis = 0; fits && axis < shape.Length; axis++) fits = shape[axis] == Shape.Unknown || shape[axis] == tensor.Shape[axis];
        Inference.Require(fits, $"its variable {name} has the shape {tensor.Shape}, but {Shape.Of(shape)} is expected. The weights do not "
            + "belong to this model's description.");
        return _taken[name] = graph.Constant($"{path}/{name}", tensor);
    }

    /// <summary>The variable where the layer has it.</summary>
    public KerasTensor? TakeIf(bool has, string name, params ReadOnlySpan<int> shape) => has ? Take(name, shape) : null;

    /// <summary>The variables of a part of the layer.</summary>
    /// <param name="names">Names that it may have, by versions of Keras; the first one also goes into the constants' names.</param>
    public LayerWeights Part(params IReadOnlyList<string> names) =>
        _parts.TryGetValue(names[0], out LayerWeights? part) ? part
            : _parts[names[0]] = new LayerWeights(graph, source.Part(names), $"{path}/{names[0]}");

    /// <summary>The variables of a model's layers.</summary>
    public LayerWeights Layer(KerasModel model, KerasLayer layer)
    {
        _layers ??= source.Layers(model.Layers);
        return _parts.TryGetValue(layer.Name, out LayerWeights? part) ? part
            : _parts[layer.Name] = new LayerWeights(graph, _layers[layer.Name], $"{path}/{layer.Name}");
    }

    private IReadOnlyDictionary<string, KerasWeights>? _layers;
}
