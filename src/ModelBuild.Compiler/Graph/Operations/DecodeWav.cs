namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Decoding of a WAV file: bytes (a string) -> sound [samples,channels] of -1..1, and the sample rate (int32).</summary>
/// <param name="Channels">Number of channels, the last one repeated where the file has fewer; -1 for as many as it has.</param>
/// <param name="Samples">Number of samples, silence where the file has fewer; -1 for as many as it has.</param>
public sealed record DecodeWav(int Channels, int Samples) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type == DataType.String, $"a sound file cannot be {inputs[0].Type}.");
        Inference.RequireRank(inputs[0], 0, "the sound file");
        Inference.Require(Channels >= -1 && Samples >= -1, $"{Samples} samples of {Channels} channels cannot be read.");
        return [(DataType.Float32, Shape.Of(Samples, Channels)), (DataType.Int32, Shape.Scalar)];
    }
}
