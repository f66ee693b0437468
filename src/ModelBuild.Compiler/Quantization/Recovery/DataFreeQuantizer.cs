using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Calibration.DataFree;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>
/// Quantises without data: the ranges of activations come from what batch normalisations tell of them (Nagel et al. 2019,
/// https://arxiv.org/abs/1906.04721), and what a stage does is measured on synthetic inputs.
/// </summary>
internal static class DataFreeQuantizer
{
    /// <summary>The quantised graph.</summary>
    /// <param name="imported">The model as it was imported, with its normalisations.</param>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="options">The options.</param>
    /// <param name="lower">Lowers what was quantised.</param>
    /// <param name="progress">Gets a line at the start of each long step.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="ModelBuildException">MB6001: there is no batch normalisation.</exception>
    public static QuantizedGraph Run(
        ImportedModel imported, ModelGraph graph, ParsedOptions options, Func<QuantizedGraph, LoweredModel> lower, Action<string> progress,
        CancellationToken cancellation)
    {
        progress("foretelling ranges by batch normalisations");
        NormStatistics norms = NormStatistics.Of(PassPipeline.Run(imported.Graph, PassPipeline.BeforeFolding), imported.UnfusedNorms);
        if (norms.IsEmpty) throw NothingTold(options);
        IReadOnlyDictionary<Value, ChannelMoments[]> inputs = InputMoments.Of(graph, options.Preprocessing);
        CalibrationSamples samples = SyntheticInputs.Of(graph, inputs);
        PrecisionPlan Precisions(ModelGraph candidate) => PrecisionPlan.Of(candidate, options.Precision, options.Layers);
        MomentMatching matching = MomentMatching.Of(graph, norms, Precisions(graph), samples, cancellation);
        RecoverySetting setting = new()
        {
            Samples = samples, Method = options.Calibration, Precisions = Precisions, Lower = lower, Inputs = inputs,
            Noise = new OutputNoise(matching.Apply(graph), samples, cancellation, isSynthetic: true), Matched = (graph, matching), Progress = progress, Cancellation = cancellation,
        };
        (RecoveryState state, IReadOnlyList<RecoveryStage> stages) = RecoveryPipeline.Run(setting.Start(graph, norms), setting);
        return setting.Quantized(state) with { Recovery = stages };
    }

    private static ModelBuildException NothingTold(ParsedOptions options)
    {
        string wanted = options.Precision.NeedsRanges ? $"Quantize=\"{options.Quantize}\"" : "Layers";
        return new ModelBuildException(DiagnosticCode.UnknownOption,
            $"{wanted} needs the ranges of activations. Without CalibrationData they come from batch normalisations, "
            + "but the model has none. Give CalibrationData, or set Quantize to Dynamic.");
    }
}
