namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>The same elements in another shape: x, shape (integers, at most one -1) -> that shape.</summary>
public sealed record Reshape : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        if (Inference.Integers(inputs[1]) is not { } target)
        {
            // The target's length is the result's rank.
            Shape form = inputs[1].Shape;
            bool known = form.HasRank && form.Rank == 1 && form[0] != Shape.Unknown;
            return [(inputs[0].Type, known ? Shape.Of([.. Enumerable.Repeat(Shape.Unknown, form[0])]) : Shape.UnknownRank)];
        }
        return [(inputs[0].Type, Shape.Of(Resolve(x, target)))];
    }

    /// <summary>The target with its -1 replaced, where the number of elements is known.</summary>
    public static int[] Resolve(Shape x, int[] target)
    {
        int open = Array.IndexOf(target, -1);
        Inference.Require(target.All(size => size >= -1) && Array.LastIndexOf(target, -1) == open, $"[{string.Join(",", target)}] is no shape.");
        int[] result = [.. target];
        int count = x.HasRank ? Inference.Product(x.Dimensions) : Shape.Unknown;
        int rest = Inference.Product([.. target.Where(size => size != -1)]);
        if (count == Shape.Unknown) return result;
        if (open >= 0)
        {
            Inference.Require(rest > 0 ? count % rest == 0 : count == 0, $"{count} elements do not fill the shape [{string.Join(",", target)}].");
            result[open] = rest > 0 ? count / rest : 0;
        }
        else Inference.Require(count == rest, $"{count} elements do not fill the shape [{string.Join(",", target)}].");
        return result;
    }
}
