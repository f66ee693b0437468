using System;
using System.Text;

namespace ModelBuild.Kernels;

/// <summary>The terms of an Einstein sum, ellipses written out as labels of their own.</summary>
/// <param name="Operands">Labels of the operands' axes.</param>
/// <param name="Result">Labels of the result's axes.</param>
internal sealed record EinsumTerms(string[] Operands, string Result)
{
    /// <summary>Labels from here on stand for axes of an ellipsis, counted from the last one.</summary>
    private const char FirstEllipsis = '\u0100';

    /// <summary>Whether a label comes from an ellipsis, whose axes are broadcast.</summary>
    public static bool IsEllipsis(char label) => label >= FirstEllipsis;

    /// <summary>Parses an equation.</summary>
    /// <exception cref="ArgumentException">The equation is malformed or does not fit the ranks.</exception>
    public static EinsumTerms Parse(string equation, int[][] shapes)
    {
        string[] sides = equation.Replace(" ", "").Split("->");
        Shapes.Require(sides.Length == 2, "an Einstein sum has no ->");
        string[] operands = sides[0].Split(',');
        Shapes.Require(operands.Length == shapes.Length && operands.Length is 1 or 2, "an Einstein sum takes one or two operands");
        int widest = 0;
        for (int operand = 0; operand < operands.Length; operand++)
        {
            int hidden = shapes[operand].Length - Named(operands[operand]);
            bool ellipsis = operands[operand].Contains("...");
            Shapes.Require(ellipsis ? hidden >= 0 : hidden == 0, "a term of an Einstein sum has not the rank of its operand");
            widest = Math.Max(widest, hidden);
            operands[operand] = Expand(operands[operand], hidden);
        }
        Shapes.Require(widest == 0 || sides[1].Contains("..."), "an Einstein sum drops the axes of an ellipsis");
        return new EinsumTerms(operands, Expand(sides[1], widest));
    }

    private static int Named(string term) => term.Replace("...", "").Length;

    private static string Expand(string term, int axes)
    {
        var labels = new StringBuilder();
        for (int axis = axes - 1; axis >= 0; axis--) labels.Append((char)(FirstEllipsis + axis));
        string expanded = term.Replace("...", labels.ToString());
        foreach (char label in expanded) Shapes.Require(char.IsAsciiLetter(label) || IsEllipsis(label), "an Einstein sum has a label that is no letter");
        return expanded;
    }
}
