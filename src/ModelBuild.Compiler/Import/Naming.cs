namespace ModelBuild.Compiler.Import;

/// <summary>How the nodes of a scope are named in the graph.</summary>
/// <param name="Prefix">What comes before.</param>
/// <param name="Left">A beginning of the node's own name that is left out, since the prefix says it.</param>
internal sealed record Naming(string Prefix, string Left)
{
    /// <summary>As they are.</summary>
    public static readonly Naming Same = new("", "");

    /// <summary>Inside of a caller.</summary>
    public static Naming Inside(string caller) => new($"{caller}/", $"{caller[(caller.LastIndexOf('/') + 1)..]}/");

    /// <summary>In a round of a loop.</summary>
    public static Naming Round(string loop, int round) => Inside(loop) with { Prefix = FormattableString.Invariant($"{loop}/{round}/") };

    public string Of(string node)
    {
        if (Prefix.Length == 0) return node;
        return Prefix + (Left.Length > 0 && node.StartsWith(Left, StringComparison.Ordinal) ? node[Left.Length..] : node);
    }
}
