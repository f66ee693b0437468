namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Local response normalisation: x [n,h,w,c] -> each element over (Bias + Alpha * the sum of the squares of the channels within the
/// radius) to the power of Beta.
/// </summary>
/// <param name="Radius">Channels before and after that count.</param>
/// <param name="Bias">Added to the sum.</param>
/// <param name="Alpha">Factor of the sum.</param>
/// <param name="Beta">Exponent.</param>
public sealed record LocalResponse(int Radius, float Bias, float Alpha, float Beta) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireRank(inputs[0], 4, "the image");
        Inference.Require(
            inputs[0].Type is DataType.Float32 or DataType.Float16 or DataType.BFloat16, $"a local response of {inputs[0].Type} is not defined.");
        Inference.Require(Radius >= 0, $"a radius of {Radius} is negative.");
        return [(inputs[0].Type, inputs[0].Shape)];
    }
}
