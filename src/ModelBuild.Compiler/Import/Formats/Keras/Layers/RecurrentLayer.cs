using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Recurrent layers, step by step: their number is known, and so there is no loop in the graph.</summary>
internal static class RecurrentLayer
{
    private const string Stateful = "a layer that keeps its state between calls is not supported. Save the model with stateful=False.";

    /// <summary>What a recurrent layer computes.</summary>
    /// <param name="Outputs">Of each step, in the order in which they were computed.</param>
    /// <param name="States">After the last step.</param>
    public sealed record Result(IReadOnlyList<KerasTensor> Outputs, IReadOnlyList<KerasTensor> States);

    public static IReadOnlyList<KerasTensor> Write(LayerContext c)
    {
        Result result = Run(c, c.Config.Flag("go_backwards", false));
        bool sequences = c.Config.Flag("return_sequences", false);
        KerasTensor output = sequences ? c.Pack(result.Outputs, 1) with { Mask = c[0].Mask } : result.Outputs[^1];
        return c.Config.Flag("return_state", false) ? [output, .. result.States] : [output];
    }

    /// <summary>Applies the layer to its input [n,t,k] in one direction.</summary>
    public static Result Run(LayerContext c, bool backwards)
    {
        if (c.Config.Flag("stateful", false)) throw c.Unsupported(Stateful);
        if (c.Config.Flag("time_major", false)) throw c.Unsupported("sequences with the steps before the batch are not supported.");
        KerasTensor x = c.Input;
        Inference.Require(x.Rank == 3, $"the input has the shape {x.Shape}, but [batch,steps,features] is needed.");
        int steps = c.Require(x, 1, "the number of steps");
        Inference.Require(steps > 0, "there are no steps.");
        RecurrentCell cell = Cell(c);
        IReadOnlyList<KerasTensor> inputs = Unstack(c, cell.Prepare(x), steps, "unstack");
        IReadOnlyList<KerasTensor>? masks = c[0].Mask is { } mask ? Unstack(c, c.ExpandDims(mask, 2, "mask"), steps, "unstack_mask") : null;

        KerasTensor[]? states = c.Inputs.Count > 1 ? [.. c.Inputs.Skip(1).Select(c.Float)] : null;
        KerasTensor? last = null;
        List<KerasTensor> outputs = [];
        for (int i = 0; i < steps; i++)
        {
            int step = backwards ? steps - 1 - i : i;
            KerasTensor[] next = cell.Step(inputs[step], states);
            KerasTensor output = cell.Output(next);
            if (masks is not null)
            {
                output = Keep(c, masks[step], output, last);
                next = [.. next.Select((state, index) => Keep(c, masks[step], state, states?[index]))];
            }
            outputs.Add(output);
            (last, states) = (output, next);
        }
        return new Result(outputs, states!);
    }

    private static RecurrentCell Cell(LayerContext c)
    {
        LayerWeights weights = c.Weights.Part("cell");
        if (c.ClassName != "RNN") return RecurrentCell.Of(c, c.ClassName, c.Config, weights);
        KerasConfig cell = c.Config.Object("cell") ?? throw c.Unsupported("it has no cell.");
        return RecurrentCell.Of(c, cell.Text("class_name"), cell.Object("config") ?? default, weights);
    }

    private static List<KerasTensor> Unstack(LayerContext c, KerasTensor x, int steps, string step)
    {
        Shape shape = Shape.Of(x.Shape[0], x.Shape[2]);
        KerasTensor first = c.Add(step, "Unpack", shape, x.Type, [x], ("T", GraphParts.Type(x.Type)), ("num", GraphParts.Integer(steps)),
            ("axis", GraphParts.Integer(1)));
        return [first, .. Enumerable.Range(1, steps - 1).Select(i => first
            with { Input = FormattableString.Invariant($"{first.Input}:{i}") })];
    }

    /// <summary>The new value where the step counts, and the old one (or zero) elsewhere.</summary>
    private static KerasTensor Keep(LayerContext c, KerasTensor mask, KerasTensor fresh, KerasTensor? old) => old is null
        ? c.Binary("Mul", fresh, c.Float(mask), "masked")
        : c.Add("SelectV2", "SelectV2", fresh.Shape, fresh.Type, [mask, fresh, old], ("T", GraphParts.Type(fresh.Type)));
}
