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
        int scope = Scope([.. all.Where(name => name.Contains(Separator))]);
        ILookup<string, string> owners = all.SelectMany(name => Candidates(name, scope), (name, candidate) => (name, candidate))
            .ToLookup(pair => pair.candidate, pair => pair.name, StringComparer.Ordinal);
        return all.ToDictionary(name => name, name => Candidates(name, scope).FirstOrDefault(candidate => owners[candidate].Count() == 1, name));
    }

    /// <summary>What a name may become, the shortest first.</summary>
    private static IEnumerable<string> Candidates(string name, int scope)
    {
        string inner = name.Contains(Separator) ? name[scope..] : name;
        string[] parts = inner.Split(Separator), telling = [.. parts.Where(part => !Additions.Contains(part))];
        return ((string[])[telling.Length > 0 ? string.Join(Separator, telling) : inner, inner, name]).Distinct();
    }

    /// <summary>Length of the leading parts, with their separators, that all names share and that are none of them.</summary>
    private static int Scope(string[] names)
    {
        int shared = names.Length == 0 ? 0 : names.Min(name => Math.Min(name.Length - 1, name.AsSpan().CommonPrefixLength(names[0])));
        return shared == 0 ? 0 : names[0].LastIndexOf(Separator, shared - 1) + 1;
    }
}
