namespace ModelBuild.Compiler;

/// <summary>What a search for a smaller or better model tried.</summary>
/// <param name="Figure">What closeness to the float model was judged by, with its unit: "accuracy lost, points".</param>
/// <param name="Bound">The worst figure that is close enough; null for any.</param>
/// <param name="MaxSize">Most bytes that were allowed; null for any.</param>
/// <param name="Trials">In the order in which they were made.</param>
public sealed record SearchReport(string Figure, double? Bound, long? MaxSize, IReadOnlyList<SearchTrial> Trials);

/// <summary>A model that a search made and judged.</summary>
/// <param name="Settings">What distinguishes it: "1.3e-07 a bit".</param>
/// <param name="Bytes">Of weights and plan.</param>
/// <param name="Closeness">The search's figure for it.</param>
/// <param name="IsAccepted">It keeps what was asked for.</param>
/// <param name="Verdict">Why or why not: "good", "too far off", "too large".</param>
public sealed record SearchTrial(string Settings, long Bytes, double Closeness, bool IsAccepted, string Verdict);
