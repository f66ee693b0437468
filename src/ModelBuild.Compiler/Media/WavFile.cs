using System.Buffers.Binary;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Media;

/// <summary>Sound of a WAV file.</summary>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="Samples">[samples, channels] of -1..1.</param>
internal sealed record WavFile(int SampleRate, int Channels, float[] Samples)
{
    private const int Pcm = 1, Bits = 16, ChunkHeader = 8, FormatLength = 16;

    /// <summary>Decodes a file of 16-bit PCM, the only coding that TensorFlow reads.</summary>
    /// <exception cref="ModelBuildException">MB2001: it is something else, or cut off.</exception>
    public static WavFile Decode(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8))
            throw Damaged("its first bytes are not of a WAV file");
        (int channels, int rate) = (0, 0);
        for (ReadOnlySpan<byte> rest = file[12..]; rest.Length >= ChunkHeader;)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - ChunkHeader) throw Damaged("a chunk is cut off");
            ReadOnlySpan<byte> data = rest.Slice(ChunkHeader, (int)length);
            if (rest.StartsWith("fmt "u8)) (channels, rate) = Format(data);
            else if (rest.StartsWith("data"u8)) return new WavFile(rate, channels, Numbers(data, channels));
            rest = rest[(ChunkHeader + (int)length)..];
        }
        throw Damaged("it has no samples");
    }

    private static (int Channels, int Rate) Format(ReadOnlySpan<byte> data)
    {
        if (data.Length < FormatLength) throw Damaged("its format is cut off");
        int coding = BinaryPrimitives.ReadUInt16LittleEndian(data), channels = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]);
        int rate = BinaryPrimitives.ReadInt32LittleEndian(data[4..]), bits = BinaryPrimitives.ReadUInt16LittleEndian(data[14..]);
        if (coding != Pcm || bits != Bits || channels < 1)
            throw Damaged($"it has {channels} channels of {bits} bits in coding {coding} instead of 16 bits of PCM");
        return (channels, rate);
    }

    private static float[] Numbers(ReadOnlySpan<byte> data, int channels)
    {
        if (channels == 0) throw Damaged("its samples come before its format");
        float[] samples = new float[data.Length / 2 / channels * channels];
        for (int i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(data[(2 * i)..]) / 32768f;
        return samples;
    }

    private static ModelBuildException Damaged(string why) =>
        new(DiagnosticCode.DataUnreadable, $"A sound file cannot be decoded: {why}. Feed the bytes of a WAV file of 16-bit PCM.");
}
