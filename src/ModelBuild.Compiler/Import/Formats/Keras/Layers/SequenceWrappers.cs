using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Layers that apply another one to a sequence.</summary>
internal static class SequenceWrappers
{
    /// <summary>A recurrent layer from both ends.</summary>
    public static IReadOnlyList<KerasTensor> Bidirectional(LayerContext c)
    {
        KerasLayer layer = Inner(c, "layer");
        KerasLayer back = c.Config.Object("backward_layer") is null ? layer : Inner(c, "backward_layer");
        IReadOnlyList<KerasTensor> states = [.. c.Inputs.Skip(1)];
        Inference.Require(states.Count % 2 == 0, "the two directions are given different numbers of states.");
        string name = layer.Name.StartsWith("forward_", StringComparison.Ordinal) ? layer.Name["forward_".Length..] : layer.Name;
        KerasLayer forwardLayer = layer with { Name = $"forward_{name}" }, backwardLayer = back with { Name = $"backward_{name}" };
        bool reversed = layer.Config.Flag("go_backwards", false);
        RecurrentLayer.Result forward = RecurrentLayer.Run(
            c.Inside(forwardLayer, [c[0], .. states.Take(states.Count / 2)], c.Weights.Part("forward_layer", forwardLayer.Name)), reversed);
        RecurrentLayer.Result backward = RecurrentLayer.Run(
            c.Inside(backwardLayer, [c[0], .. states.Skip(states.Count / 2)],
                c.Weights.Part("backward_layer", backwardLayer.Name, back.Name)), !reversed);

        bool sequences = layer.Config.Flag("return_sequences", false);
        // Steps of both in the order of the first one.
        KerasTensor a = sequences ? c.Pack(forward.Outputs, 1) : forward.Outputs[^1];
        KerasTensor b = sequences ? c.Pack([.. backward.Outputs.Reverse()], 1) : backward.Outputs[^1];
        if (sequences && c[0].Mask is { } mask) (a, b) = (a with { Mask = mask }, b with { Mask = mask });
        KerasTensor[] outputs = (c.Config.Find("merge_mode") is null ? null : c.Config.Text("merge_mode")) switch
        {
            null => [a, b],
            "concat" => [c.Concat([a, b], a.Rank - 1)],
            "sum" => [c.Binary("AddV2", a, b, "add")],
            "mul" => [c.Binary("Mul", a, b, "mul")],
            "ave" => [c.Binary("Mul", c.Binary("AddV2", a, b, "add"), c.Number("half", 0.5f), "truediv")],
            string mode => throw c.Unsupported($"merge_mode = {mode} is not supported."),
        };
        if (outputs.Length == 1) outputs[0] = outputs[0] with { Mask = a.Mask };
        return layer.Config.Flag("return_state", false) ? [.. outputs, .. forward.States, .. backward.States] : outputs;
    }

    /// <summary>A layer on each step: the steps become samples of a greater batch.</summary>
    public static KerasTensor TimeDistributed(LayerContext c)
    {
        KerasTensor x = c[0];
        KerasLayer layer = Inner(c, "layer");
        int steps = c.Require(x, 1, "the number of steps");
        int batch = x.Shape[0] == Shape.Unknown ? Shape.Unknown : x.Shape[0] * steps;
        KerasTensor flat = c.Reshape(x, "Reshape", [batch, .. x.Shape.Dimensions[2..]]);
        IReadOnlyList<KerasTensor> results = c.Model.Write(c.Inside(layer, [flat], c.Weights.Part("layer", layer.Name)));
        if (results.Count != 1) throw c.Unsupported($"its layer gives {results.Count} results.");
        return c.Reshape(results[0], "Reshape_1", [x.Shape[0], steps, .. results[0].Shape.Dimensions[1..]]);
    }

    private static KerasLayer Inner(LayerContext c, string member)
    {
        KerasConfig outer = c.Config.Object(member) ?? throw c.Unsupported($"it has no {member}.");
        KerasConfig inner = outer.Find("config") is { } config ? new KerasConfig(config) : default;
        return new KerasLayer(outer.Text("class_name"), inner.Text("name", member), inner, []);
    }
}
