namespace ModelBuild.Cli;

/// <summary>What a command returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>What was to be shown does not hold: a case failed, a budget was exceeded.</summary>
    public const int Failure = 1;

    /// <summary>Wrong usage, or a model or file that cannot be used, or stopped by the user.</summary>
    public const int Error = 2;
}
