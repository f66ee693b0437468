using System.Globalization;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Data;

/// <summary>
/// How the bytes of a picture become a network's floats, with the meaning of <see cref="PixelPreprocessing"/>: channel c of the
/// network is channel <c>Order[c]</c> of the picture, and byte b becomes <c>b * Scale[c] + Offset[c]</c>.
/// </summary>
/// <param name="Text">The option as the user wrote it, for messages.</param>
/// <param name="Scale">A factor a channel of the network, or one for all.</param>
/// <param name="Offset">An addend a channel of the network, or one for all.</param>
/// <param name="Order">The picture's channel (red, green, blue, alpha) for each channel; empty to keep the order.</param>
internal sealed record Preprocessing(string Text, float[] Scale, float[] Offset, int[] Order)
{
    private const int Colours = 3; // Alpha, where there is one, comes after them.

    /// <summary>The option <c>Preprocess</c>; null for null.</summary>
    /// <exception cref="ModelBuildException">MB6001, with all that is allowed.</exception>
    public static Preprocessing? Parse(string? text) => text is null ? null : new PreprocessingParser(text).Parse();

    /// <summary>The same for a network of so many channels; its order is empty or names each of them (alpha stays the last).</summary>
    /// <exception cref="ModelBuildException">MB6001: it speaks of another number of channels.</exception>
    public Preprocessing For(int channels)
    {
        foreach (float[] numbers in new[] { Scale, Offset })
            if (numbers.Length > 1 && numbers.Length != channels)
                throw Error($"gives {numbers.Length} numbers", "Give one number a channel, or one for all");
        if (Order.Length == 0) return this;
        if (channels is not (Colours or Colours + 1)) throw Error("gives an order of colours", "Leave the order out");
        return channels == Order.Length ? this : this with { Order = [.. Order, Colours] };

        ModelBuildException Error(string what, string advice) => new(DiagnosticCode.UnknownOption,
            $"Preprocess=\"{Text}\" {what}, but the model's input has {channels} channel{(channels == 1 ? "" : "s")}. {advice}.");
    }

    /// <summary>The floats that the generated predictor makes of these bytes.</summary>
    /// <param name="pixels">Bytes, the channels of a pixel side by side.</param>
    /// <param name="channels">Channels of picture and network.</param>
    public float[] Apply(ReadOnlySpan<byte> pixels, int channels)
    {
        Preprocessing fitting = For(channels);
        PixelPreprocessing preprocessing = new(channels, fitting.Scale, fitting.Offset, fitting.Order);
        float[] floats = new float[pixels.Length];
        for (int pixel = 0; pixel < floats.Length; pixel += channels)
            for (int channel = 0; channel < channels; channel++)
                floats[pixel + channel] = preprocessing.ToFloat(pixels[pixel + preprocessing.Source(channel)], channel);
        return floats;
    }

    /// <summary>A phrase for documentation with the range of the floats over all channels: "-1 to 1", "0 to 255, blue first".</summary>
    public string Describe()
    {
        int channels = Math.Max(Scale.Length, Offset.Length);
        PixelPreprocessing preprocessing = new(channels, Scale, Offset, []);
        List<float> ends = [];
        for (int channel = 0; channel < channels; channel++)
            ends.AddRange(preprocessing.ToFloat(byte.MinValue, channel), preprocessing.ToFloat(byte.MaxValue, channel));
        string range = string.Create(CultureInfo.InvariantCulture, $"{ends.Min():G4} to {ends.Max():G4}");
        return Order.Length == 0 ? range : range + ", blue first";
    }
}
