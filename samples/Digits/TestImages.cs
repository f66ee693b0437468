using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DigitsSample;

/// <summary>The labelled test images.</summary>
internal sealed class TestImages
{
    /// <summary>How many there are.</summary>
    public const int Count = 597;

    private readonly float[] _images;
    private readonly long[] _labels;

    private TestImages(float[] images, long[] labels) => (_images, _labels) = (images, labels);

    /// <summary>Runs the network on one image: pixels in 0..1 to a probability a class.</summary>
    public delegate void Predict(ReadOnlySpan<float> image, Span<float> probabilities);

    /// <summary>Reads test.npy and test_labels.npy.</summary>
    public static TestImages Read(Func<string, Stream> open) =>
        new(NpyFile.Read<float>(open("test.npy")), NpyFile.Read<long>(open("test_labels.npy")));

    /// <summary>How many images the network gets right, and a hash of all its outputs, by which computers can be compared.</summary>
    public (int Correct, string Fingerprint) Measure(Predict predict, int classes)
    {
        float[] outputs = new float[Count * classes];
        int correct = 0;
        for (int i = 0; i < Count; i++)
        {
            Span<float> probabilities = outputs.AsSpan(i * classes, classes);
            int length = _images.Length / Count;
            predict(_images.AsSpan(i * length, length), probabilities);
            if (Best(probabilities) == _labels[i]) correct++;
        }
        return (correct, Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(outputs.AsSpan())))[..16]);
    }

    private static int Best(ReadOnlySpan<float> probabilities)
    {
        int best = 0;
        for (int i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[best]) best = i;
        return best;
    }
}
