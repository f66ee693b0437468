namespace ModelBuild.Compiler.Checking;

/// <summary>What became of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Failures">What is wrong, a text each; empty if the case passed.</param>
/// <param name="Milliseconds">Time of import, run and comparison.</param>
internal sealed record CheckResult(CheckCase Case, IReadOnlyList<CheckFailure> Failures, double Milliseconds)
{
    public bool Passed => Failures.Count == 0;
}

/// <summary>Something that is wrong.</summary>
/// <param name="Message">What and where.</param>
/// <param name="Code">Of a diagnostic, "MB1006"; null for a mismatch.</param>
/// <param name="Mismatch">The difference, where outputs were computed.</param>
internal sealed record CheckFailure(string Message, string? Code = null, Mismatch? Mismatch = null);
