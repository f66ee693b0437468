using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Validation;

/// <summary>Compares a plan, executed with the kernels that ship, with the float graph.</summary>
internal sealed class Validator(QuantizedGraph quantized, LoweredModel lowered, CancellationToken cancellation)
{
    private readonly ModelGraph _graph = quantized.Graph;
    private readonly PlanExecutor _executor = new(lowered.Plan, lowered.Blob);

    /// <summary>The report with accuracies and signal-to-noise ratios, as far as there are data for them.</summary>
    /// <param name="report">Sizes.</param>
    /// <param name="calibration">A set an input, or null.</param>
    /// <param name="validation">A set an input, or null.</param>
    /// <param name="labelsPath">The option ValidationLabels.</param>
    /// <param name="names">Names of the classes.</param>
    public CompressionReport Measure(
        CompressionReport report, IReadOnlyList<SampleSet>? calibration, IReadOnlyList<SampleSet>? validation, string? labelsPath, IReadOnlyList<string> names)
    {
        if ((validation ?? calibration) is { } samples)
        {
            Noise noise = LayerNoise.Measure(quantized, lowered, _executor, samples, cancellation);
            report = report with
            {
                SignalToNoise = noise.Output,
                Layers = [.. report.Layers.Select(layer => noise.Layers.TryGetValue(lowered.Names[layer.Name], out double ratio) ? layer with { SignalToNoise = ratio } : layer)],
            };
        }
        if (validation is null || Labels(_graph, validation, labelsPath, names) is not { } labels) return report;
        int[] before = Classes.Of(labels.Length, index => ReferenceExecutor.Run(_graph, Sample(validation, index))[0], cancellation);
        int[] after = Classes.Of(labels.Length, index => _executor.Run(Sample(validation, index))[0], cancellation);
        return report with
        {
            FloatAccuracy = Accuracy.Of(labels, before),
            CompressedAccuracy = Accuracy.Of(labels, after),
            Changes = ClassComparison.Of(labels, before, after, names),
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

    private static IReadOnlyList<Tensor> Sample(IReadOnlyList<SampleSet> sets, int index) => [.. sets.Select(set => set[index])];
}
