namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Mel-frequency cepstral coefficients: spectrogram [channels,times,frequencies] of squared magnitudes, sample rate (int32) ->
/// [channels,times,coefficients].
/// </summary>
/// <param name="Filters">Number of mel filters.</param>
/// <param name="Coefficients">Number of coefficients.</param>
/// <param name="Lowest">Where the first filter begins, in hertz.</param>
/// <param name="Highest">Where the last filter ends, in hertz.</param>
public sealed record Mfcc(int Filters, int Coefficients, float Lowest, float Highest) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireRank(inputs[0], 3, "the spectrogram");
        Inference.RequireType(inputs[0], DataType.Float32, "a spectrogram");
        Inference.Require(
            Coefficients > 0 && Coefficients <= Filters && Lowest >= 0 && Highest > Lowest,
            $"{Coefficients} coefficients of {Filters} filters from {Lowest} to {Highest} Hz are not possible.");
        Shape x = inputs[0].Shape.HasRank ? inputs[0].Shape : Shape.OfRank(3);
        return [(DataType.Float32, Shape.Of(x[0], x[1], Coefficients))];
    }
}
