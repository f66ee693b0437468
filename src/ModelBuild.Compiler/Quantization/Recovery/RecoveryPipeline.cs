using System.Globalization;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>The stages that recover accuracy without labels, in order. Each has its reason in its own file.</summary>
internal static class RecoveryPipeline
{
    /// <summary>A stage: a model to a better one, or null where there is nothing to do.</summary>
    public delegate RecoveryState? Stage(RecoveryState state, RecoverySetting setting);

    /// <summary>Names and stages: first what concerns graph and ranges, then what rounds weights and what follows.</summary>
    public static readonly IReadOnlyList<(string Name, Stage Run)> Stages =
    [
        ("cross-layer equalisation", CrossLayerEqualisation.Run),
        ("high-bias absorption", BiasAbsorption.Run),
        ("calibration by the readers' error", CalibratedRanges.Run),
        ("second-order rounding and bias correction", (state, setting) => state.Weights is null ? Rounded(state, setting) : null),
        ("fine search of ranges", RangeFineSearch.Run),
    ];

    /// <summary>The stages that need no data.</summary>
    public static readonly IReadOnlyList<(string Name, Stage Run)> DataFreeStages =
    [
        ("cross-layer equalisation", CrossLayerEqualisation.Run),
        ("high-bias absorption", BiasAbsorption.Run),
        ("analytic bias correction", AnalyticBiasCorrection.Run),
    ];

    /// <summary>Runs all stages for which there are data.</summary>
    public static (RecoveryState State, IReadOnlyList<RecoveryStage> Report) Run(RecoveryState state, RecoverySetting setting) =>
        Run(state.Norms is null ? Stages : DataFreeStages, state, setting);

    /// <summary>Runs stages, each measured before and after; one that makes the figure worse is undone.</summary>
    /// <param name="stages">Which.</param>
    /// <param name="state">The model before.</param>
    /// <param name="setting">What they work with.</param>
    /// <returns>The model after, and what each stage that had something to do did.</returns>
    public static (RecoveryState State, IReadOnlyList<RecoveryStage> Report) Run(
        IReadOnlyList<(string Name, Stage Run)> stages, RecoveryState state, RecoverySetting setting)
    {
        List<RecoveryStage> report = [];
        double figure = setting.Measure(state);
        foreach ((string name, Stage run) in stages)
        {
            setting.Cancellation.ThrowIfCancellationRequested();
            setting.Progress?.Invoke(name);
            if (run(state, setting) is not { } candidate) continue;
            double after = setting.Measure(candidate);
            bool kept = !(after < figure);
            report.Add(new RecoveryStage(name, setting.Noise.Figure, figure, after, kept));
            setting.Progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{name}: {figure:F2} dB -> {after:F2} dB{(kept ? "" : ", undone")}"));
            if (kept) (state, figure) = (candidate, after);
        }
        return (state, report);
    }

    /// <summary>Weights by second-order rounding, biases corrected.</summary>
    public static RecoveryState Rounded(RecoveryState state, RecoverySetting setting) => state with
    {
        Weights = Quantizer.Static(
            state.Graph, setting.Precisions(state.Graph), state.Ranges, setting.Samples, setting.Curvatures(state.Graph), null,
            setting.Cancellation).Weights,
    };
}
