using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Validation;

/// <summary>Compares a plan, executed with the kernels that ship, with the float graph.</summary>
internal sealed class Validator(ModelGraph graph, PlanExecutor executor, CancellationToken cancellation)
{
    // Enough for a ratio that is steady to a tenth of a decibel.
    private const int MostNoiseSamples = 64;

    /// <summary>The report with accuracies and signal-to-noise ratio, as far as there are data for them.</summary>
    /// <param name="report">Sizes.</param>
    /// <param name="calibration">A set an input, or null.</param>
    /// <param name="validation">A set an input, or null.</param>
    /// <param name="labelsPath">The option ValidationLabels.</param>
    /// <param name="names">Names of the classes.</param>
    public CompressionReport Measure(
        CompressionReport report, IReadOnlyList<SampleSet>? calibration, IReadOnlyList<SampleSet>? validation, string? labelsPath, IReadOnlyList<string> names)
    {
        if ((validation ?? calibration) is { } samples && graph.Outputs[0].Type == DataType.Float32) report = report with { SignalToNoise = Noise(samples) };
        if (validation is null) return report;
        if (Labels(graph, validation, labelsPath, names) is not { } labels) return report;
        return report with
        {
            FloatAccuracy = Accuracy.Measure(labels, index => ReferenceExecutor.Run(graph, Sample(validation, index))[0], cancellation),
            CompressedAccuracy = Accuracy.Measure(labels, index => executor.Run(Sample(validation, index))[0], cancellation),
        };
    }

    /// <summary>The class of each validation sample; null if nothing tells them.</summary>
    /// <exception cref="ModelBuildException">MB1007: the first output are no scores; MB2xxx: labels that do not fit.</exception>
    public static int[]? Labels(ModelGraph graph, IReadOnlyList<SampleSet> validation, string? labelsPath, IReadOnlyList<string> names)
    {
        if (graph.Outputs[0] is not { Type: DataType.Float32, Shape.IsStatic: true } scores)
            throw new ModelBuildException(DiagnosticCode.AmbiguousPorts,
                $"Accuracy is measured on the first output, which must be float scores, but {graph.Outputs[0].Name} is {graph.Outputs[0].Type}. Name the scores with Outputs.");
        return ClassLabels.Load(validation[0], labelsPath, names, Math.Max(2, scores.Shape.Count));
    }

    private double Noise(IReadOnlyList<SampleSet> samples)
    {
        SignalToNoise noise = new();
        for (int index = 0; index < Math.Min(samples[0].Count, MostNoiseSamples); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<Tensor> inputs = Sample(samples, index);
            noise.Add(ReferenceExecutor.Run(graph, inputs)[0], executor.Run(inputs)[0]);
        }
        return noise.Decibels;
    }

    private static IReadOnlyList<Tensor> Sample(IReadOnlyList<SampleSet> sets, int index) => [.. sets.Select(set => set[index])];
}
