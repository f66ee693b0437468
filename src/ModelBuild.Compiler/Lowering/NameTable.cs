namespace ModelBuild.Compiler.Lowering;

/// <summary>Names that are used once each.</summary>
internal sealed class NameTable
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The name, or the name with the first number that makes it new.</summary>
    public string Unique(string name)
    {
        string unique = name;
        for (int number = 2; !_names.Add(unique); number++) unique = $"{name}_{number}";
        return unique;
    }
}
