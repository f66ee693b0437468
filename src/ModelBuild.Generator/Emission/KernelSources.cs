using System.Reflection;
using System.Text.RegularExpressions;
using ModelBuild.Generator.Specs;

namespace ModelBuild.Generator.Emission;

/// <summary>
/// The sources of ModelBuild.Kernels, which this assembly carries as resources. A file is needed if it declares a type (or an
/// extension method) that a needed file names.
/// </summary>
internal static class KernelSources
{
    private const string Extension = ".cs";

    // Types are declared at the beginning of a line, since the files have file-scoped namespaces.
    private static readonly Regex TypeDeclaration =
        new(@"^internal\b[^;(={]*?\b(?:record\s+struct|record\s+class|record|class|struct|interface|enum)\s+(\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex ExtensionDeclaration = new(@"\b(\w+)(?:<[^()]*>)?\(this\s", RegexOptions.CultureInvariant);
    private static readonly Regex Comment = new(@"//[^\n]*", RegexOptions.CultureInvariant);

    // Neither a member of something nor a method: constructors follow "new" or, of base classes, a colon.
    private static readonly Regex TypeName =
        new(@"(?<=\bnew\s+|:\s*)[A-Za-z_]\w*|(?<![.\w])[A-Za-z_]\w*(?![\w]|\s*\()", RegexOptions.CultureInvariant);

    private static readonly Regex MemberName = new(@"(?<=\.)[A-Za-z_]\w*", RegexOptions.CultureInvariant);

    private static readonly Lazy<IReadOnlyDictionary<string, KernelFile>> Files = new(ReadAll);
    private static readonly Lazy<ILookup<string, string>> Declaring = new(() =>
        Files.Value.Values.SelectMany(file => file.Declares.Select(name => (name, file.Name))).ToLookup(pair => pair.name, pair => pair.Name));

    /// <summary>The names of all files, without extension.</summary>
    public static IEnumerable<string> All => Files.Value.Keys;

    /// <summary>The names of all types.</summary>
    public static IEnumerable<string> Types => Declaring.Value.Select(declared => declared.Key).Where(name => name[0] != '.');

    /// <summary>The files that declare <paramref name="types"/> and all they lead to, in ordinal order; unknown types are left out.</summary>
    public static EquatableArray<string> Needed(IEnumerable<string> types)
    {
        HashSet<string> needed = new(StringComparer.Ordinal);
        Stack<string> open = new(types.SelectMany(type => Declaring.Value[type]));
        while (open.Count > 0)
        {
            string file = open.Pop();
            if (!needed.Add(file)) continue;
            foreach (string name in Files.Value[file].Names)
                foreach (string next in Declaring.Value[name]) open.Push(next);
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
        IEnumerable<string> declares = Matches(TypeDeclaration, code, 1).Concat(Matches(ExtensionDeclaration, code, 1).Select(Member));
        IEnumerable<string> names = Matches(TypeName, code).Concat(Matches(MemberName, code).Select(Member));
        return new KernelFile(resource.Substring(0, resource.Length - Extension.Length), text, [.. declares.Distinct()], [.. names.Distinct()]);
    }

    // Extension methods have names of their own, lest a type be taken for one.
    private static string Member(string name) => "." + name;

    private static IEnumerable<string> Matches(Regex pattern, string text, int group = 0) =>
        pattern.Matches(text).Cast<Match>().Select(match => match.Groups[group].Value);

    private sealed record KernelFile(string Name, string Text, string[] Declares, string[] Names);
}
