using System.Text.Json;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Cells of which each takes the output of the one before, in the same step.</summary>
internal sealed class StackedCells : RecurrentCell
{
    private readonly List<RecurrentCell> _cells = [];

    public StackedCells(LayerContext c, KerasConfig config, LayerWeights weights)
        : base(c, config, weights)
    {
        if (config.Find("cells") is not { ValueKind: JsonValueKind.Array } cells || cells.GetArrayLength() == 0)
            throw c.Unsupported("it has no cells.");
        LayerWeights container = weights.Part("cells");
        Dictionary<string, int> used = [];
        foreach (JsonElement cell in cells.EnumerateArray())
        {
            KerasConfig outer = new(cell), inner = outer.Object("config") ?? default;
            string stored = KerasNaming.Next(outer.Text("class_name"), used);
            _cells.Add(Of(c, outer.Text("class_name"), inner, container.Part(stored, inner.Text("name", stored))));
        }
    }

    public override KerasTensor Prepare(KerasTensor x) => _cells[0].Prepare(x);

    public override KerasTensor[] Step(KerasTensor prepared, KerasTensor[]? states)
    {
        List<KerasTensor> all = [];
        KerasTensor input = prepared;
        int taken = 0;
        for (int i = 0; i < _cells.Count; i++)
        {
            if (i > 0) input = _cells[i].Prepare(input);
            int count = _cells[i] is LstmCell ? 2 : 1;
            Inference.Require(states is null || taken + count <= states.Length, "too few states are given.");
            KerasTensor[] next = _cells[i].Step(input, states?[taken..(taken + count)]);
            taken += count;
            all.AddRange(next);
            input = _cells[i].Output(next);
        }
        return [.. all];
    }

    public override KerasTensor Output(KerasTensor[] states) => states[^(_cells[^1] is LstmCell ? 2 : 1)];
}
