using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelBuild.Generator.Parsing;

/// <summary>Makes valid and distinct C# identifiers of names in a graph. One instance serves one scope.</summary>
/// <param name="reserved">Identifiers that are taken.</param>
internal sealed class Identifiers(params IEnumerable<string> reserved)
{
    private readonly HashSet<string> _taken = [.. reserved];

    /// <summary>The words of a name, each with a capital: "block_1/relu6" gives "Block1Relu6".</summary>
    public static string Pascal(string name)
    {
        StringBuilder text = new();
        foreach (string word in Words(name)) text.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
        if (text.Length == 0) text.Append("Value");
        if (!SyntaxFacts.IsIdentifierStartCharacter(text[0])) text.Insert(0, 'N');
        return text.ToString();
    }

    /// <summary>As <see cref="Pascal"/>, with a lower-case beginning: "RGB_image" gives "rgbImage".</summary>
    public static string Camel(string name)
    {
        string pascal = Pascal(name);
        int upper = pascal.TakeWhile(char.IsUpper).Count();
        // The last capital of several begins the next word, unless nothing or no letter follows.
        if (upper > 1 && upper < pascal.Length && char.IsLower(pascal[upper])) upper--;
        return pascal.Substring(0, upper).ToLowerInvariant() + pascal.Substring(upper);
    }

    /// <summary><paramref name="identifier"/> with "@" where it is a keyword.</summary>
    public static string Escape(string identifier) => SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None ? "@" + identifier : identifier;

    /// <summary>A type's name with "@" where it is, or might become, a keyword: the compiler warns of names all in lower case.</summary>
    public static string EscapeType(string identifier) => identifier.All(c => c is >= 'a' and <= 'z') ? "@" + identifier : Escape(identifier);

    /// <summary>The first of identifier, identifier2, identifier3, ... that is free, which then is taken.</summary>
    /// <param name="identifier">What is wanted.</param>
    /// <param name="derived">What else the choice takes, all of which must be free.</param>
    public string Take(string identifier, Func<string, IEnumerable<string>>? derived = null)
    {
        for (int number = 1; ; number++)
        {
            string candidate = number == 1 ? identifier : identifier + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            string[] all = [candidate, .. derived?.Invoke(candidate) ?? []];
            if (all.Any(_taken.Contains)) continue;
            _taken.UnionWith(all);
            return candidate;
        }
    }

    private static IEnumerable<string> Words(string name)
    {
        StringBuilder word = new();
        foreach (char c in name + "/")
        {
            if (char.IsLetterOrDigit(c)) word.Append(c);
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }
}
