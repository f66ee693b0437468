using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Recovery;
using ModelBuild.Compiler.Reporting;
using ModelBuild.Compiler.Search;
using ModelBuild.Compiler.Validation;
using ModelBuild.Plan;

namespace ModelBuild.Compiler;

/// <summary>A compiled model: the plan, the weights it refers to, and what was measured.</summary>
/// <param name="Plan">What the generator and the executor take.</param>
/// <param name="Blob">The weights, to be embedded as the resource <see cref="ModelPlan.Resource"/>.</param>
/// <param name="Report">Sizes and accuracies.</param>
public sealed record CompiledModel(ModelPlan Plan, byte[] Blob, CompressionReport Report);

/// <summary>From a model file and its options to a plan: runs the stages one after the other.</summary>
public static class ModelCompiler
{
    /// <summary>Compiles a model.</summary>
    /// <param name="options">The model and what the user said about it.</param>
    /// <param name="progress">Gets a short line at the start of each long step; may be null.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="ModelBuildException">The input is at fault, or a budget was exceeded.</exception>
    public static CompiledModel Compile(ModelOptions options, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        ParsedOptions parsed = ParsedOptions.Parse(options);
        IReadOnlyList<string> labels = options.Labels is null ? [] : LabelFile.Read(options.Labels);
        string source = ModelFiles.Name(options.ModelPath);
        StageClock clock = new();
        clock.Begin("import");
        progress?.Invoke($"{source}: importing");
        ImportedModel imported = ModelImporter.Import(options, parsed);
        clock.Begin("fold");
        ModelGraph graph = PassPipeline.Run(imported.Graph);
        cancellation.ThrowIfCancellationRequested();

        IReadOnlyList<SampleSet>? calibration = Samples(graph, options.CalibrationData, nameof(options.CalibrationData), parsed);
        IReadOnlyList<SampleSet>? validation = Samples(graph, options.ValidationData, nameof(options.ValidationData), parsed);
        LoweredModel Lower(QuantizedGraph candidate) => Lowerer.Lower(candidate, PlanHeaders.Of(options, parsed, graph, labels));
        clock.Begin("quantise");
        (QuantizedGraph quantized, SearchReport? search) =
            Quantize(imported, graph, parsed, calibration, Lower, Target, step => progress?.Invoke($"{source}: {step}"), cancellation);
        clock.Begin("lower");
        LoweredModel lowered = Lower(quantized);
        cancellation.ThrowIfCancellationRequested();

        clock.Begin("measure");
        progress?.Invoke($"{source}: measuring");
        CompressionReport sizes = Reports.Sizes(options, parsed, imported, quantized, lowered) with { Search = search };
        CompressionReport report = new Validator(quantized, lowered, cancellation).Measure(sizes, calibration, validation, options.ValidationLabels, labels)
            with { Times = clock.Finish() };
        Budget.Require(report, parsed.MaxDrop, parsed.MaxSize);
        report = report with { Warnings = [.. report.Warnings, .. Budget.Warnings(report)] };
        return new CompiledModel(lowered.Plan with { Remarks = Reports.Remarks(report) }, lowered.Blob, report);

        SearchTarget Target() => new(parsed.Optimize, Judge(), parsed is { MaxDrop: not null, Optimize: not OptimizeGoal.Accuracy }, parsed.MaxSize);

        Closeness Judge()
        {
            if (parsed.Optimize == OptimizeGoal.Accuracy) return new Closeness(graph, calibration!, null, 0, cancellation, byNoise: true);
            if (parsed.MaxDrop is { } most && validation is not null && Validator.Labels(graph, validation, options.ValidationLabels, labels) is { } classes)
                return new Closeness(graph, validation, classes, most, cancellation);
            return new Closeness(graph, calibration!, null, parsed.MaxDrop ?? Closeness.DefaultDrop, cancellation);
        }
    }

    private static ModelBuildException SignsNeedData() => new(DiagnosticCode.UnknownOption,
        "Layers asks for Xnor, whose thresholds and scales are measured on data. Give CalibrationData, or choose another precision.");

    private static IReadOnlyList<SampleSet>? Samples(ModelGraph graph, string? path, string option, ParsedOptions parsed)
    {
        if (path is null) return null;
        if (graph.Inputs.FirstOrDefault(input => input.Shape.Rank > 0 && input.Shape[0] > 1) is { } batch)
            throw new ModelBuildException(DiagnosticCode.DataMismatch,
                $"{option} are single samples, but the input {batch.Name} takes {batch.Shape[0]} at a time, {batch.Shape}. "
                + $"Export the model with an open batch, or leave {option} out.");
        return SampleSet.LoadAll(path, option, graph.Inputs, parsed.Preprocessing);
    }

    private static (QuantizedGraph Graph, SearchReport? Search) Quantize(
        ImportedModel imported, ModelGraph graph, ParsedOptions options, IReadOnlyList<SampleSet>? calibration,
        Func<QuantizedGraph, LoweredModel> lower, Func<SearchTarget> target, Action<string> progress, CancellationToken cancellation)
    {
        PrecisionPlan precisions = PrecisionPlan.Of(graph, options.Precision, options.Layers);
        if (!precisions.Any(graph, precision => precision is not { Activations: ActivationForm.Float, Weights.IsFloat: true }))
            return (QuantizedGraph.Float(graph, precisions), null);
        if (calibration is null)
        {
            if (precisions.Any(graph, precision => precision.Activations == ActivationForm.Xnor)) throw SignsNeedData();
            return (!precisions.Any(graph, precision => precision.NeedsRanges) ? Quantizer.Nearest(graph, precisions)
                : DataFreeQuantizer.Run(imported, graph, options, lower, progress, cancellation), null);
        }
        int count = calibration[0].Count;
        progress($"calibrating on {count} samples");
        CalibrationSamples samples = new(count, index => [.. calibration.Select(set => set[index])]);
        RecoverySetting setting = new()
        {
            Samples = samples, Method = options.Calibration, Precisions = candidate => PrecisionPlan.Of(candidate, options.Precision, options.Layers),
            IsLeastError = options is { Optimize: OptimizeGoal.Balanced or OptimizeGoal.Accuracy, MaxSize: null },
            Lower = lower, Noise = new OutputNoise(graph, samples, cancellation), Progress = progress, Cancellation = cancellation,
        };
        (RecoveryState state, IReadOnlyList<RecoveryStage> stages) = RecoveryPipeline.Run(setting.Start(graph), setting);
        QuantizedGraph least = setting.Quantized(state) with { Recovery = stages };
        if (options is { Optimize: OptimizeGoal.Balanced, MaxSize: null } or not { Quantize: QuantizeMode.Static }) return (least, null);
        SearchInput input = new(least, state.Ranges, samples, setting.Curvatures(state.Graph), lower, target());
        if (options.Optimize == OptimizeGoal.Accuracy)
        {
            (QuantizedGraph close, SearchReport tried) = AccuracySearch.Run(input, progress, cancellation);
            // What no activations make small enough, coarser weights may.
            if (tried.Trials.Any(trial => trial.IsAccepted)) return (close with { Recovery = stages }, tried);
        }
        (QuantizedGraph best, SearchReport report) = SizeSearch.Run(input, progress, cancellation);
        return (best with { Recovery = stages }, report);
    }
}
