using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Layers that change shapes only.</summary>
internal static class ShapeLayers
{
    public static KerasTensor Flatten(LayerContext c)
    {
        KerasTensor x = c.ToChannelsLast(c[0]);
        int size = Inference.Product(x.Shape.Dimensions[1..]);
        return c.Reshape(x, "Reshape", x.Shape[0], size);
    }

    public static KerasTensor Reshape(LayerContext c)
    {
        KerasTensor x = c[0];
        int[] target = c.Config.Shape("target_shape") ?? throw c.Unsupported("target_shape is missing.");
        int count = Inference.Product(x.Shape.Dimensions[1..]);
        if (count != Shape.Unknown) target = Graph.Operations.Reshape.Resolve(Shape.Of(x.Shape.Dimensions[1..]), target);
        return c.Reshape(x, "Reshape", [x.Shape[0], .. target]);
    }

    public static KerasTensor Permute(LayerContext c)
    {
        int[] dimensions = c.Config.Integers("dims") ?? throw c.Unsupported("dims is missing.");
        Inference.Require(dimensions.Order().SequenceEqual(Enumerable.Range(1, c[0].Rank - 1)),
            $"[{string.Join(",", dimensions)}] is no permutation of the dimensions of {c[0].Shape}.");
        return c.Transpose(c[0], "transpose", [0, .. dimensions]);
    }

    /// <summary>[n,f] to [n,times,f].</summary>
    public static KerasTensor RepeatVector(LayerContext c)
    {
        KerasTensor x = c[0];
        int times = c.Config.Integer("n");
        return c.Add("Tile", "Tile", Shape.Of(x.Shape[0], times, x.Shape[1]), x.Type,
            [c.ExpandDims(x, 1), c.Integers("stack", 1, times, 1)],
            ("T", GraphParts.Type(x.Type)), ("Tmultiples", GraphParts.Type(DataType.Int32)));
    }
}
