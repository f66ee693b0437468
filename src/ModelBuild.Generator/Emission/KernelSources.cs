using System.Reflection;
using System.Text.RegularExpressions;
using ModelBuild.Generator.Specs;

namespace ModelBuild.Generator.Emission;

/// <summary>
/// The sources of ModelBuild.Kernels, which this assembly carries as resources. A file is needed if it declares a type (or an
/// extension method) whose name occurs in a file that is needed.
/// </summary>
internal static class KernelSources
{
    private const string Extension = ".cs";

    // Types are declared at the beginning of a line, since the files have file-scoped namespaces.
    private static readonly Regex TypeDeclaration =
        new(@"^internal\b[^;(={]*?\b(?:class|struct|interface|enum|record)\s+(\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex ExtensionDeclaration = new(@"\b(\w+)(?:<[^()]*>)?\(this\b", RegexOptions.CultureInvariant);
    private static readonly Regex Comment = new(@"//[^\n]*", RegexOptions.CultureInvariant);
    private static readonly Regex Word = new(@"\b[A-Za-z_]\w*", RegexOptions.CultureInvariant);

    private static readonly Lazy<IReadOnlyDictionary<string, KernelFile>> Files = new(ReadAll);
    private static readonly Lazy<ILookup<string, string>> Declaring = new(() =>
        Files.Value.Values.SelectMany(file => file.Declared.Select(name => (name, file.Name))).ToLookup(pair => pair.name, pair => pair.Name));

    /// <summary>The names of all files, without extension.</summary>
    public static IEnumerable<string> All => Files.Value.Keys;

    /// <summary>The files that declare <paramref name="types"/> and all they lead to, in ordinal order; unknown types are left out.</summary>
    public static EquatableArray<string> Needed(IEnumerable<string> types)
    {
        HashSet<string> needed = new(StringComparer.Ordinal);
        Stack<string> open = new(types.SelectMany(type => Declaring.Value[type]));
        while (open.Count > 0)
        {
            string file = open.Pop();
            if (!needed.Add(file)) continue;
            foreach (string word in Files.Value[file].Words)
                foreach (string next in Declaring.Value[word]) open.Push(next);
        }
        return new(needed.OrderBy(name => name, StringComparer.Ordinal));
    }

    /// <summary>The source of a file as consumers get it: each type embedded, so that no other assembly sees it.</summary>
    public static string Emit(string file)
    {
        SourceWriter writer = new();
        ModelEmitter.Header(writer, "The run time of predictors made by ModelBuild.");
        writer.Line("#pragma warning disable");
        writer.Line();
        string text = TypeDeclaration.Replace(Files.Value[file].Text, "[global::Microsoft.CodeAnalysis.Embedded]\n$0");
        return writer + text;
    }

    private static IReadOnlyDictionary<string, KernelFile> ReadAll()
    {
        Assembly assembly = typeof(KernelSources).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .ToDictionary(file => file.Name, StringComparer.Ordinal);
    }

    private static KernelFile Read(Assembly assembly, string resource)
    {
        using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
        string text = reader.ReadToEnd().Replace("\r\n", "\n");
        string code = Comment.Replace(text, "");
        IEnumerable<string> declared = Matches(TypeDeclaration, code).Concat(Matches(ExtensionDeclaration, code));
        IEnumerable<string> words = Word.Matches(code).Cast<Match>().Select(match => match.Value).Distinct();
        return new KernelFile(resource.Substring(0, resource.Length - Extension.Length), text, [.. declared.Distinct()], [.. words]);
    }

    private static IEnumerable<string> Matches(Regex pattern, string text) => pattern.Matches(text).Cast<Match>().Select(match => match.Groups[1].Value);

    private sealed record KernelFile(string Name, string Text, string[] Declared, string[] Words);
}
