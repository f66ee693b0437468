using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Einstein sum of one or two operands.</summary>
/// <param name="Equation">As "bij,bjk->bik"; an ellipsis stands for axes that are broadcast.</param>
public sealed record Einsum(string Equation) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireSameType(inputs, "the operands of an Einstein sum");
        if (inputs.Any(input => !input.Shape.HasRank)) return [(inputs[0].Type, Shape.UnknownRank)];
        EinsumTerms terms = Terms(inputs);
        Dictionary<char, int> sizes = Sizes(terms, inputs);
        foreach (char label in terms.Result) Inference.Require(sizes.ContainsKey(label),
            $"the result of {Equation} has an axis that no operand has.");
        return [(inputs[0].Type, Shape.Of([.. terms.Result.Select(label => sizes[label])]))];
    }

    /// <summary>Number of multiplications for operands of static shapes.</summary>
    internal long Products(IReadOnlyList<Value> inputs) => Sizes(Terms(inputs), inputs).Values.Aggregate(1L, (product, size) => checked(product * size));

    private Dictionary<char, int> Sizes(EinsumTerms terms, IReadOnlyList<Value> inputs)
    {
        Dictionary<char, int> sizes = [];
        for (int operand = 0; operand < inputs.Count; operand++)
            for (int axis = 0; axis < inputs[operand].Shape.Rank; axis++)
            {
                char label = terms.Operands[operand][axis];
                sizes[label] = Size(label, inputs[operand].Shape[axis], sizes);
            }
        return sizes;
    }

    private EinsumTerms Terms(IReadOnlyList<Value> inputs)
    {
        try
        {
            return EinsumTerms.Parse(Equation, [.. inputs.Select(input => input.Shape.ToArray())]);
        }
        catch (ArgumentException error)
        {
            throw Inference.Error($"{error.Message} The equation is {Equation}.");
        }
    }

    private int Size(char label, int size, Dictionary<char, int> sizes)
    {
        if (!sizes.TryGetValue(label, out int other)) return size;
        return EinsumTerms.IsEllipsis(label) ? Inference.Broadcast(Shape.Of(other), Shape.Of(size))[0]
            : Inference.Merge(other, size, $"sizes of the label {label} in {Equation}");
    }
}
