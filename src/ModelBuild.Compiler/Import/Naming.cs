namespace ModelBuild.Compiler.Import;

/// <summary>How the nodes of a scope are named in the graph.</summary>
/// <param name="Prefix">What comes before.</param>
/// <param name="Left">Beginnings of the node's own name that are left out, since the prefix says them; the first that fits.</param>
internal sealed record Naming(string Prefix, params IReadOnlyList<string> Left)
{
    /// <summary>As they are.</summary>
    public static readonly Naming Same = new("");

    /// <summary>Inside of a caller.</summary>
    public static Naming Inside(string caller) => new($"{caller}/", $"{caller}/", $"{caller[(caller.LastIndexOf('/') + 1)..]}/");

    /// <summary>In a round of a loop.</summary>
    public static Naming Round(string loop, int round) => Inside(loop) with { Prefix = FormattableString.Invariant($"{loop}/{round}/") };

    public string Of(string node) =>
        Prefix + node[(Left.FirstOrDefault(left => node.StartsWith(left, StringComparison.Ordinal))?.Length ?? 0)..];
}
