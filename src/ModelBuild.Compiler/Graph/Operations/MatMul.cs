namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Matrix product: a [...,m,k], b [...,k,n] -> [...,m,n], the leading dimensions broadcast.</summary>
/// <param name="TransposeA">a is [...,k,m].</param>
/// <param name="TransposeB">b is [...,n,k].</param>
public sealed record MatMul(bool TransposeA, bool TransposeB) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireSameType(inputs, "the operands of a matrix product");
        (Shape a, Shape b) = (inputs[0].Shape, inputs[1].Shape);
        if (!a.HasRank || !b.HasRank) return [(inputs[0].Type, Shape.UnknownRank)];
        Inference.Require(a.Rank >= 2 && b.Rank >= 2, $"{a} and {b} are no matrices.");
        Inference.Merge(a[TransposeA ? -2 : -1], b[TransposeB ? -1 : -2], "inner dimensions of a matrix product");
        Shape batch = Inference.Broadcast(Shape.Of(a.Dimensions[..^2]), Shape.Of(b.Dimensions[..^2]));
        return [(inputs[0].Type, Shape.Of([.. batch.Dimensions, a[TransposeA ? -1 : -2], b[TransposeB ? -2 : -1]]))];
    }
}
