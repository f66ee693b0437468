using ModelBuild.Compiler.Import;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Short names for the layers and buffers of a plan. The scope that all names begin with is left out, and so are the parts that
/// TensorFlow and the passes add to a layer's name: "net/block1_pw/Conv2D" becomes "block1_pw". Where two names would become one,
/// both keep these parts.
/// </summary>
internal static class PlanNames
{
    private const char Separator = '/';

    // Node names that are no operations: Keras' own for a depthwise convolution, and the one that BatchNormDecomposition gives.
    private static readonly HashSet<string> Additions =
        new([.. OperationTable.Supported, "depthwise", "normal"], StringComparer.OrdinalIgnoreCase);

    /// <summary>A short name for each name; different ones for different names.</summary>
    public static IReadOnlyDictionary<string, string> Shorten(IEnumerable<string> names)
    {
        string[] all = [.. names.Distinct(StringComparer.Ordinal)];
        int scope = Scope([.. all.Select(name => name.Split(Separator)).Where(parts => parts.Length > 1)]);
        ILookup<string, string> owners = all.SelectMany(name => Candidates(name, scope), (name, candidate) => (name, candidate))
            .ToLookup(pair => pair.candidate, pair => pair.name, StringComparer.Ordinal);
        return all.ToDictionary(name => name, name => Candidates(name, scope).FirstOrDefault(candidate => owners[candidate].Count() == 1, name));
    }

    /// <summary>What a name may become, the shortest first.</summary>
    private static IEnumerable<string> Candidates(string name, int scope)
    {
        string[] parts = name.Split(Separator), inner = parts.Length > 1 ? parts[scope..] : parts, telling = [.. inner.Where(IsTelling)];
        return ((string[])[string.Join(Separator, telling.Length > 0 ? telling : inner), string.Join(Separator, inner), name]).Distinct();
    }

    /// <summary>How many leading parts all names share, each with a telling one behind them.</summary>
    private static int Scope(string[][] names)
    {
        int scope = 0;
        while (names.Length > 0 && names.All(parts => parts.Skip(scope + 1).Any(IsTelling) && parts[scope] == names[0][scope])) scope++;
        return scope;
    }

    private static bool IsTelling(string part) => !Additions.Contains(part);
}
