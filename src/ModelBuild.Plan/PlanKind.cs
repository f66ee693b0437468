namespace ModelBuild.Plan;

/// <summary>A <see cref="PlanLayer.Kind"/> taken apart: "Gather&lt;float,int>" is the class Gather of float and int.</summary>
/// <param name="Class">Class in ModelBuild.Kernels, without type arguments; begins with a capital.</param>
/// <param name="TypeArguments">Element types; none for a class that is not generic.</param>
public sealed record PlanKind(string Class, IReadOnlyList<string> TypeArguments)
{
    /// <summary>Takes a kind apart.</summary>
    /// <exception cref="FormatException">It is neither NAME nor NAME&lt;TYPE,...>.</exception>
    public static PlanKind Parse(string kind) => TryParse(kind) ?? throw new FormatException($"\"{kind}\" is no kind of layer.");

    /// <summary>Takes a kind apart; null where it is none.</summary>
    internal static PlanKind? TryParse(string kind)
    {
        string[] parts = kind.Split('<');
        bool isGeneric = parts.Length == 2 && parts[1].EndsWith(">", StringComparison.Ordinal);
        if (parts.Length != 1 && !isGeneric) return null;
        string[] arguments = isGeneric ? parts[1].Substring(0, parts[1].Length - 1).Split(',') : [];
        return IsWord(parts[0]) && arguments.All(IsWord) ? new PlanKind(parts[0], arguments) : null;
    }

    private static bool IsWord(string text) =>
        text.Length > 0 && !char.IsDigit(text[0]) && text.All(c => c == '_' || char.IsLetterOrDigit(c));
}
