namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Turning of the hue or scaling of the saturation: x [...,3] (red, green, blue), amount (float32) -> the same shape.</summary>
/// <param name="Hue">The hue is turned by the amount of a circle; else the saturation is multiplied by it.</param>
public sealed record AdjustColor(bool Hue) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        ConvertColor.RequirePixels(inputs[0]);
        Inference.RequireType(inputs[1], DataType.Float32, "an amount");
        return [(inputs[0].Type, inputs[0].Shape)];
    }
}
