using System.Globalization;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Data;

/// <summary>
/// Parses the header's text, a Python dictionary: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>, and only
/// what can stand there.
/// </summary>
internal sealed class NpyHeaderParser(string text, string path)
{
    private const int MaximumRank = 64; // NumPy's own.

    private int _at;

    /// <exception cref="ModelBuildException">MB2001.</exception>
    public NpyHeader Parse()
    {
        NpyElement? element = null;
        bool bigEndian = false;
        bool? fortran = null;
        int[]? sizes = null;
        Expect('{');
        while (!Accept('}'))
        {
            string key = Quoted();
            Expect(':');
            if (key == "descr") (element, bigEndian) = ElementType();
            else if (key == "fortran_order") fortran = Word() switch { "True" => true, "False" => false, _ => throw Damaged() };
            else if (key == "shape") sizes = Sizes();
            else throw Damaged();
            if (!Accept(',') && Peek() != '}') throw Damaged();
        }
        if (element is null || fortran is null || sizes is null || Peek() != '\0') throw Damaged();
        CheckSize(sizes, element);
        return new NpyHeader(element, bigEndian, fortran.Value, Shape.Of(sizes));
    }

    private (NpyElement Element, bool BigEndian) ElementType()
    {
        const string Advice = "Give an array of floats, integers or truth values, saved with numpy.save(..., allow_pickle=False).";
        if (Peek() is not ('\'' or '"')) throw DataErrors.Unreadable(path, $"holds records of several fields. {Advice}");
        string type = Quoted();
        char order = type.Length > 0 ? type[0] : '\0';
        string code = order is '<' or '>' or '|' or '=' ? type[1..] : type;
        if (NpyElement.All.FirstOrDefault(element => element.Code == code) is { } found) return (found, order == '>');
        string what = code.Length == 0 ? "elements of no type" : code[0] switch
        {
            'O' => "pickled Python objects",
            'U' or 'S' or 'a' => "texts",
            'M' or 'm' => "times",
            _ => $"elements of type '{type}'",
        };
        throw DataErrors.Unreadable(path, $"holds {what}. {Advice}");
    }

    private int[] Sizes()
    {
        List<int> sizes = [];
        Expect('(');
        while (!Accept(')'))
        {
            // "3L" is how Python 2 wrote it.
            if (!ulong.TryParse(Word().TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out ulong size)) throw Damaged();
            if (size > int.MaxValue || sizes.Count == MaximumRank) throw TooLarge();
            sizes.Add((int)size);
            if (!Accept(',') && Peek() != ')') throw Damaged();
        }
        return [.. sizes];
    }

    // Dimensions of 0 are left out, as in NumPy, so that the others can be multiplied in any order.
    private void CheckSize(int[] sizes, NpyElement element)
    {
        long numbers = element.Numbers;
        foreach (int size in sizes)
        {
            numbers *= Math.Max(size, 1);
            if (numbers > Array.MaxLength) throw TooLarge();
        }
    }

    private string Quoted()
    {
        char quote = Peek();
        int end = quote is '\'' or '"' ? text.IndexOf(quote, _at + 1) : -1;
        if (end < 0) throw Damaged();
        string content = text[(_at + 1)..end];
        _at = end + 1;
        return content;
    }

    private string Word()
    {
        SkipSpaces();
        int start = _at;
        while (_at < text.Length && char.IsAsciiLetterOrDigit(text[_at])) _at++;
        return text[start.._at];
    }

    private void Expect(char symbol)
    {
        if (!Accept(symbol)) throw Damaged();
    }

    /// <summary>Whether the next character is the given one, and if so steps over it.</summary>
    private bool Accept(char symbol)
    {
        if (Peek() != symbol) return false;
        _at++;
        return true;
    }

    /// <summary>The next character that is no space, '\0' at the end.</summary>
    private char Peek()
    {
        SkipSpaces();
        return _at < text.Length ? text[_at] : '\0';
    }

    private void SkipSpaces()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
    }

    private ModelBuildException Damaged() => DataErrors.Unreadable(path, "has a damaged header. Save the array again with numpy.save.");

    private ModelBuildException TooLarge() =>
        DataErrors.Unreadable(path, $"claims more than {Array.MaxLength} numbers or {MaximumRank} dimensions: it is damaged or too large. "
            + "Give fewer samples.");
}
