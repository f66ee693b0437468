namespace ModelBuild.Benchmarks.Comparison;

/// <summary>What `compare` is told.</summary>
/// <param name="Models">Models to measure; none means all.</param>
/// <param name="Seconds">About how long each measurement of a model takes: calls, layers, starts.</param>
/// <param name="InstallTfLite">Have npm fetch TensorFlow Lite if it is not there.</param>
/// <param name="Published">Measure starts of the program published as ReadyToRun and by NativeAOT as well.</param>
/// <param name="Batch">Measure calls of several samples as well.</param>
/// <param name="Write">Write the tables into README.md.</param>
/// <param name="Assert">Fail where a measure is missed.</param>
internal sealed record ComparisonOptions(
    string[] Models, double Seconds, bool InstallTfLite, bool Published, bool Batch, bool Write, bool Assert);
