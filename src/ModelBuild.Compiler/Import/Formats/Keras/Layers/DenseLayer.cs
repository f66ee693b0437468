using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Fully connected layers.</summary>
internal static class DenseLayer
{
    public static KerasTensor Write(LayerContext c)
    {
        int units = c.Config.Integer("units");
        if (c.Config.Find("lora_rank") is not null) throw c.Unsupported("LoRA is not supported. Merge it into the kernel first.");
        KerasTensor y = c.Product(c.Input, c.Weights.Take("kernel", c.Input.Channels, units));
        y = c.Bias(y, c.Weights.TakeIf(c.Config.Flag("use_bias", true), "bias", units));
        return Activations.Apply(c, y);
    }

    /// <summary>A product by an equation as "abc,cde->abde", in which an ellipsis may stand for leading axes.</summary>
    public static KerasTensor Einsum(LayerContext c)
    {
        string equation = c.Config.Text("equation").Replace(" ", "", StringComparison.Ordinal);
        if (equation.Split("->") is not [var operands, var result] || operands.Split(',') is not [var x, var w])
            throw c.Unsupported($"the equation {equation} is not supported.");
        int leading = c.Input.Rank - x.Count(char.IsAsciiLetter);
        // Free letters take the place of the ellipsis, so that axes can be counted.
        string free = string.Concat(Enumerable.Range('a', 26).Concat(Enumerable.Range('A', 26)).Select(letter => (char)letter)
            .Where(letter => !equation.Contains(letter, StringComparison.Ordinal)).Take(leading));
        (x, result) = (x.Replace("...", free, StringComparison.Ordinal), result.Replace("...", free, StringComparison.Ordinal));
        KerasTensor kernel = c.Weights.Take("kernel", [.. Enumerable.Repeat(Shape.Unknown, w.Length)]);
        KerasTensor y = Einsum(c, $"{x},{w}->{result}", c.Input, kernel, "einsum/Einsum");
        if (c.Config.Find("bias_axes") is { ValueKind: System.Text.Json.JsonValueKind.String } axes)
        {
            KerasTensor bias = c.Weights.Take("bias", [.. Enumerable.Repeat(Shape.Unknown, BiasRank(result, axes.GetString()!))]);
            y = c.Binary("AddV2", y, bias, "add");
        }
        return Activations.Apply(c, y);
    }

    /// <summary>A product of two by an equation without ellipsis.</summary>
    public static KerasTensor Einsum(LayerContext c, string equation, KerasTensor a, KerasTensor b, string step)
    {
        string[] parts = equation.Split(',', '-', '>');
        Dictionary<char, int> sizes = [];
        foreach ((string letters, KerasTensor operand) in ((string, KerasTensor)[])[(parts[0], a), (parts[1], b)])
        {
            Inference.Require(letters.Length == operand.Rank, $"the equation {equation} does not fit the shapes {a.Shape} and {b.Shape}.");
            for (int axis = 0; axis < letters.Length; axis++) sizes[letters[axis]] = operand.Shape[axis];
        }
        Shape shape = Shape.Of(
            [.. parts[^1].Select(letter => sizes.TryGetValue(letter, out int size) ? size
                : throw Inference.Error($"the equation {equation} makes {letter} of nothing."))]);
        return c.Add(step, "Einsum", shape, [a, b], ("N", GraphParts.Integer(2)), ("equation", GraphParts.Text(equation)));
    }

    /// <summary>The bias has an axis for each from the first one that it differs along, so that it broadcasts.</summary>
    private static int BiasRank(string result, string axes) =>
        result.Length - axes.Min(letter => result.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 ? at : 0);
}
