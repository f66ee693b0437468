namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Magnitudes of the short-time Fourier transform with a Hann window: sound [samples,channels] -> [channels,times,frequencies].</summary>
/// <param name="Window">Samples of a window; filled up with zeros to a power of two.</param>
/// <param name="Stride">Samples from one window to the next.</param>
/// <param name="Squared">Squares of the magnitudes.</param>
public sealed record Spectrogram(int Window, int Stride, bool Squared) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireRank(inputs[0], 2, "the sound");
        Inference.RequireType(inputs[0], DataType.Float32, "a sample");
        Inference.Require(Window >= 2 && Stride >= 1, $"a window of {Window} samples every {Stride} is too short.");
        Shape sound = inputs[0].Shape.HasRank ? inputs[0].Shape : Shape.OfRank(2);
        int frequencies = 1 + (int)(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Window) / 2);
        int times = sound[0] == Shape.Unknown ? Shape.Unknown : sound[0] < Window ? 0 : 1 + (sound[0] - Window) / Stride;
        return [(DataType.Float32, Shape.Of(sound[1], times, frequencies))];
    }
}
