using System.Globalization;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>The stages that recover accuracy without labels, in order. Each has its reason in its own file.</summary>
internal static class RecoveryPipeline
{
    /// <summary>A stage: a model to a better one, or null where there is nothing to do.</summary>
    public delegate RecoveryState? Stage(RecoveryState state, RecoverySetting setting);

    private const string Rounding = "second-order rounding", BiasCorrection = "empirical bias correction";

    /// <summary>Names and stages: first what concerns graph and ranges, then what rounds weights and what follows.</summary>
    public static readonly IReadOnlyList<(string Name, Stage Run)> Stages =
    [
        ("cross-layer equalisation", CrossLayerEqualisation.Run),
        ("high-bias absorption", BiasAbsorption.Run),
        ("calibration by the readers' error", CalibratedRanges.Run),
        (Rounding, (state, setting) => state.Weights is null ? Rounded(state, setting) : null),
        ("sensitive layers in 16 bits", SensitiveLayers.Run),
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

    /// <summary>
    /// Runs stages, each measured before and after; one that makes the figure worse is undone. Where one goes on to round weights and to
    /// correct biases, which are found together and kept or undone together, each of these has figures of its own.
    /// </summary>
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
            (string Part, double After)[] parts =
                [.. Parts(name, state, candidate).Select(part => (part.Name, setting.Measure(part.State)))];
            bool kept = !(parts[^1].After < figure);
            double before = figure;
            foreach ((string part, double after) in parts)
            {
                report.Add(new RecoveryStage(part, setting.Noise.Figure, before, after, kept));
                setting.Progress?.Invoke(string.Create(
                    CultureInfo.InvariantCulture, $"{part}: {before:F2} dB -> {after:F2} dB{(kept ? "" : ", undone")}"));
                before = after;
            }
            if (kept) (state, figure) = (candidate, before);
        }
        return (state, report);
    }

    /// <summary>What a stage did, one thing after the other; the last is its result.</summary>
    private static IEnumerable<(string Name, RecoveryState State)> Parts(string name, RecoveryState before, RecoveryState after)
    {
        if (before.Weights is not null || before.Norms is not null || after.Weights is not { } weights) return [(name, after)];
        RecoveryState ranges = after with { Weights = null };
        RecoveryState rounded = after with { Weights = weights.ToDictionary(entry => entry.Key, entry => entry.Value with { Bias = null }) };
        IEnumerable<(string, RecoveryState)> both = [(Rounding, rounded), (BiasCorrection, after)];
        return name == Rounding ? both : both.Prepend((name, ranges));
    }

    /// <summary>Weights by second-order rounding, biases corrected.</summary>
    public static RecoveryState Rounded(RecoveryState state, RecoverySetting setting) => state with
    {
        Weights = Quantizer.Static(
            state.Graph, setting.PrecisionsOf(state), state.Ranges, setting.Samples, setting.Curvatures(state.Graph), null,
            setting.Cancellation).Weights,
    };
}
