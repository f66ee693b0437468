namespace ModelBuild.Compiler;

/// <summary>A stage of accuracy recovery and what it did.</summary>
/// <param name="Name">What it is called in the field: "cross-layer equalisation".</param>
/// <param name="Figure">What was measured, with its unit: "signal-to-noise of the output, dB".</param>
/// <param name="Before">The figure without the stage.</param>
/// <param name="After">The figure with it.</param>
/// <param name="Kept">False if the stage made the figure worse and was undone.</param>
public sealed record RecoveryStage(string Name, string Figure, double Before, double After, bool Kept);
