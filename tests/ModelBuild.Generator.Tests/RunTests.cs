using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelBuild.Generator.Tests;

/// <summary>The generated class, loaded and used.</summary>
public class RunTests
{
    // Compiled together with the generated class, so that spans need no reflection.
    private const string Caller = """
        using System;
        using System.Linq;
        using Samples;
        public static class Caller
        {
            private static readonly float[] Left = [1, 128 / 255f, 0, 0];
            private static readonly byte[] LeftPixels = [255, 128, 0, 0];

            public static float[] Floats() => Tiny.Shared.Predict(Left);
            public static float[] Bytes() => Tiny.Shared.Predict(LeftPixels);
            public static string Top() => string.Join(" ", Tiny.Shared.Top(Left, 3).Select(best => best.Label + best.Index));
            public static string TopOfBytes() => Tiny.Shared.Top(LeftPixels, 1)[0].Label;
            public static float[] Samples()
            {
                float[] probs = new float[2 * Tiny.ProbsLength];
                Tiny.Shared.Predict([.. Left, .. Left.AsEnumerable().Reverse()], probs, 2);
                return probs;
            }
            public static float[] OneByOne() => [.. Tiny.Shared.Predict(Left), .. Tiny.Shared.Predict(Left.AsEnumerable().Reverse().ToArray())];
            public static bool SamplesAreWhatEachIsAlone(int samples, int parallelism)
            {
                Tiny model = new(parallelism);
                Random random = new(samples);
                float[] images = new float[samples * Tiny.ImageLength], probs = new float[samples * Tiny.ProbsLength];
                for (int i = 0; i < images.Length; i++) images[i] = random.NextSingle();
                model.Predict(images, probs, samples);
                for (int sample = 0; sample < samples; sample++)
                {
                    float[] alone = Tiny.Shared.Predict(images.AsSpan(sample * Tiny.ImageLength, Tiny.ImageLength));
                    if (!alone.AsSpan().SequenceEqual(probs.AsSpan(sample * Tiny.ProbsLength, Tiny.ProbsLength))) return false;
                }
                return true;
            }
            public static int Parallelism(int asked) => new Tiny(asked).Parallelism;
            public static int UsualParallelism() => new Tiny().Parallelism;
            public static void TooFewSamples() => Tiny.Shared.Predict(Left, new float[2 * Tiny.ProbsLength], 2);
            public static void NegativeSamples() => Tiny.Shared.Predict(Left, new float[Tiny.ProbsLength], -1);
            public static void TooShort() => Tiny.Shared.Predict(new float[3]);
            public static void OutputTooLong() => Tiny.Shared.Predict(Left, new float[4]);
            public static void TooMany() => Tiny.Shared.Top(Left, 4);
            public static bool SharedIsOne() => ReferenceEquals(Tiny.Shared, Tiny.Shared);

            public static string Names()
            {
                names model = names.Shared;
                names.Prediction floats = model.Predict(new float[] { 1, 2, 3, 4 }, new float[] { 5, 6, 7, 8 });
                names.Prediction bytes = model.Predict(new byte[] { 1, 2, 3, 4 }, new float[] { 5, 6, 7, 8 });
                return string.Join(" ", floats.Memory.Concat(floats.Class2).Concat(bytes.Memory).Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }

            public static long Allocated(int parallelism)
            {
                const int Count = 20;
                Span<float> probs = stackalloc float[Tiny.ProbsLength];
                float[] images = new float[Count * Tiny.ImageLength], all = new float[Count * Tiny.ProbsLength];
                Tiny model = new(parallelism);
                for (int i = 0; i < 100; i++) { model.Predict(Left, probs); model.Predict(LeftPixels, probs); model.Predict(images, all, Count); }
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 1000; i++) { model.Predict(Left, probs); model.Predict(LeftPixels, probs); model.Predict(images, all, Count); }
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static int Mismatches(int seed)
            {
                Random random = new(seed);
                Tiny alone = new();
                float[] image = new float[Tiny.ImageLength], expected = new float[Tiny.ProbsLength], actual = new float[Tiny.ProbsLength];
                int mismatches = 0;
                for (int i = 0; i < 20_000; i++)
                {
                    for (int p = 0; p < image.Length; p++) image[p] = random.NextSingle();
                    alone.Predict(image, expected);
                    Tiny.Shared.Predict(image, actual);
                    if (!actual.AsSpan().SequenceEqual(expected)) mismatches++;
                }
                return mismatches;
            }
        }
        """;

    private static readonly Lazy<Type> Loaded = new(Load);

    [Fact]
    public void Floats_give_probabilities()
    {
        float[] probabilities = Call<float[]>("Floats");
        Assert.Equal(1f, probabilities.Sum(), 1e-5f);
        Assert.Equal(0, Array.IndexOf(probabilities, probabilities.Max()));
    }

    [Fact]
    public void Bytes_give_what_their_floats_give() => Assert.Equal(Call<float[]>("Floats"), Call<float[]>("Bytes"));

    [Fact]
    public void Several_samples_give_what_each_gives_alone() => Assert.Equal(Call<float[]>("OneByOne"), Call<float[]>("Samples"));

    [Fact]
    public void Top_names_the_labels_best_first() => Assert.Equal("left0 \"both\"2 right1", Call<string>("Top"));

    [Fact]
    public void Top_takes_bytes_too() => Assert.Equal("left", Call<string>("TopOfBytes"));

    [Fact]
    public void Several_inputs_and_outputs_go_by_name() => Assert.Equal("1 2 3 4 5 6 7 8 1.5 2 2.5 3", Call<string>("Names"));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(53, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 2)]
    [InlineData(53, 2)]
    [InlineData(53, 100)]
    public void Any_number_of_samples_and_threads(int samples, int parallelism) => Assert.True(Call<bool>("SamplesAreWhatEachIsAlone", samples, parallelism));

    [Fact]
    public void Threads_are_what_was_asked_for_as_far_as_there_are_processors()
    {
        Assert.Equal(1, Call<int>("UsualParallelism"));
        Assert.Equal(Math.Min(2, Environment.ProcessorCount), Call<int>("Parallelism", 2));
        Assert.IsType<ArgumentOutOfRangeException>(Assert.Throws<TargetInvocationException>(() => Call<int>("Parallelism", 0)).InnerException);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Predict_allocates_nothing(int parallelism) => Assert.Equal(0, Call<long>("Allocated", parallelism));

    [Fact]
    public void Shared_is_one_instance() => Assert.True(Call<bool>("SharedIsOne"));

    [Fact]
    public async Task Two_threads_on_one_instance_give_what_one_gives()
    {
        int[] mismatches = await Task.WhenAll(Task.Run(() => Call<int>("Mismatches", 1)), Task.Run(() => Call<int>("Mismatches", 2)));
        Assert.Equal([0, 0], mismatches);
    }

    [Theory]
    [InlineData("TooShort", "image is float [1, 1, 1, 4], 4 elements, but the span has 3.", "image")]
    [InlineData("TooFewSamples", "image is 2 times float [1, 1, 1, 4], 8 elements, but the span has 4.", "image")]
    [InlineData("NegativeSamples", "A number of samples is not negative.", "samples")]
    [InlineData("OutputTooLong", "probs is float [1, 3], 3 elements, but the span has 4.", "probs")]
    [InlineData("TooMany", "There are 1 to 3 classes", "count")]
    public void Wrong_arguments_are_explained(string method, string message, string parameter)
    {
        ArgumentException error = Assert.IsAssignableFrom<ArgumentException>(
            Assert.Throws<TargetInvocationException>(() => Call<object?>(method)).InnerException);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(parameter, error.ParamName);
    }

    private static T Call<T>(string method, params object[] arguments) => (T)Loaded.Value.GetMethod(method)!.Invoke(null, arguments)!;

    private static Type Load()
    {
        CSharpCompilationOptions options = Harness.Strict.WithGeneralDiagnosticOption(ReportDiagnostic.Default).WithOptimizationLevel(OptimizationLevel.Release);
        Compilation output = Harness.Generate(Harness.Compilation(options: options, source: Caller), null, SamplePlans.Tiny, SamplePlans.Names);
        MemoryStream assembly = new();
        ResourceDescription weights = new(SamplePlans.Tiny.Resource, () => new MemoryStream(SamplePlans.TinyWeights), isPublic: true);
        Assert.Empty(output.Emit(assembly, manifestResources: [weights]).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        assembly.Position = 0;
        return new AssemblyLoadContext("Generated").LoadFromStream(assembly).GetType("Caller")!;
    }
}
