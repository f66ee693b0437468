namespace ModelBuild.Compiler;

/// <summary>How long a stage of compression took.</summary>
/// <param name="Stage">"import", "quantise".</param>
/// <param name="Seconds">On the machine at hand; no other figure of a report depends on it.</param>
public sealed record StageTime(string Stage, double Seconds);
