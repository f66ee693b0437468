namespace ModelBuild.Package.Tests;

/// <summary>Sources of consumers.</summary>
internal static class Programs
{
    /// <summary>Prints "accuracy 0.99" over the test images, whose folder is the argument.</summary>
    public const string Accuracy = """
        using System;
        using System.IO;
        using System.Runtime.InteropServices;

        const int Header = 128; // Bytes before the data in the two files.
        ReadOnlySpan<float> images = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(args[0], "test.npy")).AsSpan(Header));
        ReadOnlySpan<long> labels = MemoryMarshal.Cast<byte, long>(File.ReadAllBytes(Path.Combine(args[0], "test_labels.npy")).AsSpan(Header));
        int correct = 0;
        for (int i = 0; i < labels.Length; i++)
            if (Console.Digits.Shared.Top(images.Slice(i * Console.Digits.ImageLength, Console.Digits.ImageLength), 1)[0].Index == labels[i]) correct++;
        System.Console.WriteLine(FormattableString.Invariant($"accuracy {(double)correct / labels.Length:F4}"));
        """;

    /// <summary>Prints "597 of 597 agree" if two classes put each test image, whose folder is the argument, into the same class.</summary>
    public static string Agreement(string first, string second) => $$"""
        using System;
        using System.IO;
        using System.Runtime.InteropServices;

        const int Header = 128; // Bytes before the data in the file.
        ReadOnlySpan<float> images = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(args[0], "test.npy")).AsSpan(Header));
        int count = images.Length / 64, agree = 0;
        for (int i = 0; i < count; i++)
            if (Best({{first}}.Shared.Predict(images.Slice(i * 64, 64))) == Best({{second}}.Shared.Predict(images.Slice(i * 64, 64)))) agree++;
        Console.WriteLine($"{agree} of {count} agree");

        static int Best(float[] scores) => Array.IndexOf(scores, System.Linq.Enumerable.Max(scores));
        """;

    /// <summary>Prints the sum of the probabilities of a grey image, "sum 1.00"; the namespace is the argument.</summary>
    public static string Sum(string space) => $$"""
        using System;

        float sum = 0;
        foreach (float probability in {{space}}.Digits.Shared.Predict(new float[{{space}}.Digits.ImageLength])) sum += probability;
        System.Console.WriteLine(FormattableString.Invariant($"sum {sum:F2}"));
        """;
}
