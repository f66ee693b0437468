using System.CommandLine;

namespace ModelBuild.Cli;

/// <summary>Options that several commands have.</summary>
internal static class Shared
{
    /// <summary>--json.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Write one JSON object to standard output instead of text." };
}
