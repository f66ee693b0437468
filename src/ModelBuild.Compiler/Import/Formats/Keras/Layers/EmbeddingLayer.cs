using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>A table of vectors, of which numbers pick rows.</summary>
internal static class EmbeddingLayer
{
    public static KerasTensor Write(LayerContext c)
    {
        int rows = c.Config.Integer("input_dim"), size = c.Config.Integer("output_dim");
        KerasTensor table = c.Weights.Take("embeddings", rows, size);
        KerasTensor indices = c[0].Type is DataType.Int32 or DataType.Int64 ? c[0] : c.Cast(c[0], DataType.Int32);
        KerasTensor y = c.Add("embedding_lookup", "GatherV2", Shape.Of([.. indices.Shape.Dimensions, size]), DataType.Float32,
            [table, indices, c.Integer("embedding_lookup/axis", 0)],
            ("Tparams", GraphParts.Type(DataType.Float32)), ("Tindices", GraphParts.Type(indices.Type)),
                ("Taxis", GraphParts.Type(DataType.Int32)), ("batch_dims", GraphParts.Integer(0)));
        return !c.Config.Flag("mask_zero", false) ? y : y
            with { Mask = NotEqual(c, indices, c.Cast(c.Integer("NotEqual/y", 0), indices.Type)) };
    }

    /// <summary>Leaves out the steps of a sequence in which all features have a value.</summary>
    public static KerasTensor Masking(LayerContext c)
    {
        KerasTensor x = c.Input;
        KerasTensor differs = NotEqual(c, x, c.Number("NotEqual/y", c.Config.Number("mask_value", 0)));
        KerasTensor any = c.Add("Any", "Any", Shape.Of(x.Shape.Dimensions[..^1]), DataType.Bool,
            [differs, c.Integers("Any/reduction_indices", x.Rank - 1)],
            ("keep_dims", GraphParts.Flag(false)), ("Tidx", GraphParts.Type(DataType.Int32)));
        KerasTensor factor = c.ExpandDims(c.Float(any), x.Rank - 1);
        return c.Binary("Mul", x, factor, "mul") with { Mask = any };
    }

    private static KerasTensor NotEqual(LayerContext c, KerasTensor x, KerasTensor value) =>
        c.Add("NotEqual", "NotEqual", x.Shape, DataType.Bool, [x, value], ("T", GraphParts.Type(x.Type)));
}
