namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>What becomes of an element that an update is for.</summary>
public enum ScatterKind { Replace, Add, Subtract, Maximum, Minimum }

/// <summary>Changes slices at coordinate tuples, in order: x, indices [...,n] (integers), updates (a slice a tuple) -> x's shape.</summary>
/// <param name="Kind">How an update changes what is there.</param>
public sealed record TensorScatter(ScatterKind Kind) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type == inputs[2].Type, $"{inputs[0].Type} is updated by {inputs[2].Type}.");
        RequireUpdates(inputs[0].Shape, inputs[1].Shape, inputs[2].Shape);
        return [(inputs[0].Type, inputs[0].Shape)];
    }

    /// <summary>Throws unless the updates have the shape of the slices that the indices point at.</summary>
    internal static void RequireUpdates(Shape x, Shape indices, Shape updates)
    {
        if (!x.HasRank || !indices.HasRank || !updates.HasRank) return;
        Shape slices = GatherNd.Slices(x, indices);
        if (!slices.HasRank) return;
        Inference.Merge(slices, updates, "shape of the indexed slices and of the updates");
    }
}
