namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Conversion of pixels between {red, green, blue} and {hue, saturation, value}: x [...,3] -> the same shape.</summary>
/// <param name="ToHsv">To hue, saturation and value; else from them.</param>
public sealed record ConvertColor(bool ToHsv) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        RequirePixels(inputs[0]);
        return [(inputs[0].Type, inputs[0].Shape)];
    }

    /// <summary>Throws unless the last dimension is 3 or unknown.</summary>
    internal static void RequirePixels(Value image)
    {
        if (!image.Shape.HasRank) return;
        Inference.Require(image.Shape.Rank > 0, "a single number is no pixel.");
        Inference.Merge(image.Shape[-1], 3, "channels of a coloured pixel");
    }
}
