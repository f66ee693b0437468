using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace ModelBuild.Generator.Tests;

/// <summary>Predictors of tensor layers, compiled, loaded and used.</summary>
public class TensorTests
{
    // Compiled together with the generated classes, so that spans need no reflection.
    private const string Caller = """
        using System;
        using System.Linq;
        using Samples;
        public static class Caller
        {
            public static string Words(int[] ids)
            {
                Words.Prediction words = Samples.Words.Shared.Predict(ids);
                return words.Best[0] + " " + string.Join(" ", words.Positive);
            }

            public static long Allocated()
            {
                Span<long> best = stackalloc long[1];
                Span<bool> positive = stackalloc bool[2];
                Words model = Samples.Words.Shared;
                for (int i = 0; i < 100; i++) model.Predict([1, 2, 3, 4], best, positive);
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 1000; i++) model.Predict([1, 2, 3, 4], best, positive);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static float[] Signs(float[] image) => Samples.Signs.Shared.Predict(image);

            public static long SignsAllocated()
            {
                Span<float> sums = stackalloc float[2];
                float[] image = new float[12];
                for (int i = 0; i < 100; i++) Samples.Signs.Shared.Predict(image, sums);
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 1000; i++) Samples.Signs.Shared.Predict(image, sums);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static string Types()
            {
                Types.Prediction p = Samples.Types.Shared.Predict(
                    [true], [-1], [255], [-2], [65535], [-3], [4000000000], [-4], [ulong.MaxValue], [1.5f], [-2.5], [(Half)3], []);
                object[] all = [p.BoolOut[0], p.SbyteOut[0], p.ByteOut[0], p.ShortOut[0], p.UshortOut[0], p.IntOut[0], p.UintOut[0], p.LongOut[0],
                    p.UlongOut[0], p.FloatOut[0], p.DoubleOut[0], p.HalfOut[0], p.NothingOut.Length];
                return string.Join(" ", all.Select(value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
        """;

    private static readonly Lazy<Type> Loaded = new(Load);

    [Theory]
    [InlineData(new[] { 0, 1, 0, 1 }, "1 False True")]
    [InlineData(new[] { 2, 2, 2, 4 }, "0 True False")]
    [InlineData(new[] { 3, 3, 3, 3 }, "0 True True")]
    [InlineData(new[] { 4, 4, 4, 4 }, "0 False False")]
    public void Numbers_in_an_index_and_truth_values_out(int[] ids, string expected) => Assert.Equal(expected, Call<string>("Words", ids));

    [Fact]
    public void An_index_outside_the_table_is_an_error_and_does_no_harm()
    {
        Exception? error = Assert.Throws<TargetInvocationException>(() => Call<string>("Words", new[] { 0, 5, 0, 0 })).InnerException;
        Assert.Contains("index 5 is not in [0, 5)", Assert.IsType<ArgumentException>(error).Message, StringComparison.Ordinal);
        Assert.Equal("0 True True", Call<string>("Words", new[] { 3, 3, 3, 3 }));
    }

    [Fact]
    public void Predict_allocates_nothing() => Assert.Equal([0L, 0L], [Call<long>("Allocated"), Call<long>("SignsAllocated")]);

    [Fact]
    public void Signs_are_counted()
    {
        // Ten signs are positive and two, in the lower half, negative: 4 * 1 for the thresholds and 2 * (10 - 2), of which 15 is the most;
        // upper less lower pixels 2 * (6 - (4 - 2)).
        float[] image = [0, 1, 1, 2, 0, 3, -1, 5, 0.5f, 0, 0, 1];
        Assert.Equal([15, 14], Call<float[]>("Signs", image));
        // And all negative.
        Assert.Equal([4 - 2 * 12, 10], Call<float[]>("Signs", new float[12].Select(_ => -1f).ToArray()));
    }

    [Fact]
    public void Scalars_of_all_types_and_an_empty_array_come_back() =>
        Assert.Equal("True -1 255 -2 65535 -3 4000000000 -4 18446744073709551615 1.5 -2.5 3 0", Call<string>("Types"));

    [Fact]
    public void Labels_of_a_model_without_scores_are_names_alone()
    {
        Type words = Loaded.Value.Assembly.GetType("Samples.Words")!;
        Assert.NotNull(words.GetProperty("Labels"));
        Assert.Null(words.GetMethod("Top"));
    }

    private static T Call<T>(string method, params object[] arguments) => (T)Loaded.Value.GetMethod(method)!.Invoke(null, arguments)!;

    private static Type Load()
    {
        Compilation output = Harness.Generate(Harness.Compilation(options: Harness.Strict.WithGeneralDiagnosticOption(ReportDiagnostic.Default)
            .WithOptimizationLevel(OptimizationLevel.Release), source: Caller), null, TensorPlans.Words, TensorPlans.Types, TensorPlans.Signs);
        MemoryStream assembly = new();
        ResourceDescription weights = new(TensorPlans.Words.Resource, () => new MemoryStream(TensorPlans.WordsWeights), isPublic: true);
        ResourceDescription signs = new(TensorPlans.Signs.Resource, () => new MemoryStream(TensorPlans.SignsWeights), isPublic: true);
        Assert.Empty(output.Emit(assembly, manifestResources: [weights, signs]).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        assembly.Position = 0;
        return new AssemblyLoadContext("Tensors").LoadFromStream(assembly).GetType("Caller")!;
    }
}
