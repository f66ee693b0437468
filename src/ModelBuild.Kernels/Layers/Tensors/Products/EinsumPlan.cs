using System;
using System.Collections.Generic;

namespace ModelBuild.Kernels;

/// <summary>
/// How an Einstein sum of one or two operands becomes one batched matrix product. Each label is a batch axis (in both operands and
/// the result), a row (in the left and the result), a column (in the right and the result), or summed; operands are copied
/// into [batch][row][sum] and [batch][sum][column], and the product [batch][row][column] into the result. Labels repeated in an
/// operand read its diagonal, repeated in the result write one; labels that an operand lacks repeat it.
/// </summary>
internal sealed class EinsumPlan
{
    private readonly List<char> _batch = [];
    private readonly List<char> _rows = [];
    private readonly List<char> _columns = [];
    private readonly List<char> _sums = [];
    private readonly Dictionary<char, int> _size = [];

    /// <param name="equation">As "bij,bjk->bik", with at most one ellipsis a term; one or two operands.</param>
    /// <param name="shapes">Shapes of the operands.</param>
    /// <exception cref="ArgumentException">The equation is malformed or does not fit the shapes.</exception>
    public EinsumPlan(string equation, params int[][] shapes)
    {
        EinsumTerms terms = EinsumTerms.Parse(equation, shapes);
        string left = terms.Operands[0];
        string right = terms.Operands.Length == 2 ? terms.Operands[1] : "";
        for (int operand = 0; operand < shapes.Length; operand++) Measure(terms.Operands[operand], shapes[operand]);
        foreach (char label in _size.Keys)
        {
            bool inLeft = left.Contains(label);
            bool inRight = right.Contains(label);
            List<char> kind = !terms.Result.Contains(label) ? _sums : inLeft && inRight ? _batch : inLeft ? _rows : _columns;
            kind.Add(label);
        }
        foreach (char label in terms.Result) Shapes.Require(_size.ContainsKey(label), "a label of an Einstein sum's result is in no operand");
        Batch = Size(_batch);
        Rows = Size(_rows);
        Columns = Size(_columns);
        Sums = Size(_sums);
        Left = new EinsumCopy([.. _batch, .. _rows, .. _sums], _size, left, shapes[0]);
        Right = new EinsumCopy([.. _batch, .. _sums, .. _columns], _size, right, shapes.Length == 2 ? shapes[1] : []);
        OutputShape = Array.ConvertAll(terms.Result.ToCharArray(), label => _size[label]);
        Result = new EinsumCopy([.. _batch, .. _rows, .. _columns], _size, terms.Result, OutputShape);
        ScratchLength = checked(Batch * (Rows * Sums + Sums * Columns + Rows * Columns));
    }

    /// <summary>Number of matrix products.</summary>
    public int Batch { get; }

    /// <summary>Rows of a product.</summary>
    public int Rows { get; }

    /// <summary>Columns of a product.</summary>
    public int Columns { get; }

    /// <summary>Products added up for an element.</summary>
    public int Sums { get; }

    /// <summary>How the left operand is read.</summary>
    public EinsumCopy Left { get; }

    /// <summary>How the right operand is read; one number 1 where there is none.</summary>
    public EinsumCopy Right { get; }

    /// <summary>How the result is written.</summary>
    public EinsumCopy Result { get; }

    /// <summary>Shape of the result.</summary>
    public int[] OutputShape { get; }

    /// <summary>Elements of working memory that <see cref="Einsum"/> needs.</summary>
    public int ScratchLength { get; }

    private void Measure(string labels, int[] shape)
    {
        for (int axis = 0; axis < labels.Length; axis++)
        {
            char label = labels[axis];
            int known = _size.GetValueOrDefault(label, 1);
            bool stretches = EinsumTerms.IsEllipsis(label) && (known == 1 || shape[axis] == 1);
            Shapes.Require(!_size.ContainsKey(label) || known == shape[axis] || stretches, "a label of an Einstein sum has two sizes");
            _size[label] = _size.ContainsKey(label) && shape[axis] == 1 ? known : shape[axis];
        }
    }

    private int Size(List<char> labels)
    {
        int size = 1;
        foreach (char label in labels) size = checked(size * _size[label]);
        return size;
    }
}
