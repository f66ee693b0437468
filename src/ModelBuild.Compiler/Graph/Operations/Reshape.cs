namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>The same elements in another shape: x, shape (integers, at most one -1) -> that shape.</summary>
public sealed record Reshape : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        if (Inference.KnownIntegers(inputs[1]) is not { } known) return [(inputs[0].Type, Shape.UnknownRank)];
        // A single size that is not known follows from the number of elements, as -1 does; of several, none does.
        int[] target = Array.ConvertAll(known, size => (int)(size ?? Shape.Unknown));
        if (known.Contains(null) && target.Count(size => size == Shape.Unknown) > 1) return [(inputs[0].Type, Shape.Of(target))];
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
