using System.Text.Json;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Attention between sequences.</summary>
internal static class AttentionLayers
{
    private const float Masked = -1e9f;

    /// <summary>
    /// Projections to heads, softmax of scaled products, projection back (https://arxiv.org/abs/1706.03762). Letters of the
    /// equations: a batch, b queries, e keys, c heads, d features of a head.
    /// </summary>
    public static IReadOnlyList<KerasTensor> MultiHead(LayerContext c)
    {
        KerasTensor query = c.Float(c.Argument("query", 0) ?? c[0]),
            value = c.Float(c.Argument("value", 1) ?? throw c.Unsupported("it is called without value."));
        KerasTensor key = c.Argument("key", 2) is { } given ? c.Float(given) : value;
        if (query.Rank != 3 || value.Rank != 3 || key.Rank != 3 || c.Config.Find("attention_axes") is not null)
            throw c.Unsupported("attention is supported over sequences [batch,steps,features].");
        if (c.Inputs.Any(input => input.Mask is not null)) throw c.Unsupported("attention with masked sequences is not supported.");
        int heads = c.Config.Integer("num_heads"), size = c.Config.Integer("key_dim"), valueSize = c.Config.Integer("value_dim", size);
        bool biased = c.Config.Flag("use_bias", true);

        KerasTensor q = Project("query", query, "abf,fcd->abcd", biased, size), k = Project("key", key, "abf,fcd->abcd", biased, size),
            v = Project("value", value, "abf,fcd->abcd", biased, valueSize);
        q = c.Binary("Mul", q, c.Number("Mul/y", 1 / MathF.Sqrt(size)), "Mul");
        KerasTensor scores = DenseLayer.Einsum(c, "aecd,abcd->acbe", k, q, "einsum/Einsum");
        if (Mask(c, scores) is { } mask) scores = c.Binary("AddV2", scores, mask, "softmax/add");
        KerasTensor weights = c.Unary("Softmax", scores, "softmax/Softmax");
        KerasTensor mixed = DenseLayer.Einsum(c, "acbe,aecd->abcd", weights, v, "einsum_1/Einsum");
        LayerWeights output = c.Weights.Part("attention_output", "_output_dense", "output_dense");
        KerasTensor kernel = output.Take("kernel", heads, valueSize, Shape.Unknown);
        KerasTensor y = c.Bias(DenseLayer.Einsum(c, "abcd,cdf->abf", mixed, kernel, "attention_output/einsum/Einsum"),
            output.TakeIf(biased, "bias", kernel.Shape[2]), "attention_output/add");
        return Flag(c, "return_attention_scores") ? [y, weights] : [y];

        KerasTensor Project(string name, KerasTensor x, string equation, bool bias, int features)
        {
            LayerWeights part = c.Weights.Part(name, $"_{name}_dense", $"{name}_dense");
            KerasTensor product =
                DenseLayer.Einsum(c, equation, x, part.Take("kernel", x.Channels, heads, features), $"{name}/einsum/Einsum");
            return bias ? c.Binary("AddV2", product, part.Take("bias", heads, features), $"{name}/add") : product;
        }
    }

    /// <summary>Products of queries and keys without projections.</summary>
    public static IReadOnlyList<KerasTensor> DotProduct(LayerContext c)
    {
        KerasTensor query = c.Float(c[0]), value = c.Float(c[1]), key = c.Inputs.Count > 2 ? c.Float(c[2]) : value;
        if (c.Config.Text("score_mode", "dot") != "dot") throw c.Unsupported("score_mode = concat is not supported.");
        if (c.Inputs.Any(input => input.Mask is not null) || query.Rank != 3 || value.Rank != 3 || key.Rank != 3)
            throw c.Unsupported("attention is supported over sequences [batch,steps,features] without masks.");
        KerasTensor scores = Product("MatMul", query, key, true);
        if (c.Weights.TakeIf(c.Config.Flag("use_scale", false), "scale") is { } scale) scores = c.Binary("Mul", scores, scale, "mul");
        if (c.Config.Flag("causal", false) || Flag(c, "use_causal_mask")) scores = c.Binary("AddV2", scores, Causal(c, scores), "add");
        KerasTensor weights = c.Unary("Softmax", scores);
        KerasTensor y = Product("MatMul_1", weights, value, false);
        return Flag(c, "return_attention_scores") ? [y, weights] : [y];

        KerasTensor Product(string step, KerasTensor a, KerasTensor b, bool transpose) =>
            c.Add(step, "BatchMatMulV2", Shape.Of(a.Shape[0], a.Shape[1], b.Shape[transpose ? 1 : 2]), [a, b],
                ("adj_x", GraphParts.Flag(false)), ("adj_y", GraphParts.Flag(transpose)));
    }

    /// <summary>
    /// What is added to scores [a,c,b,e]: 0 where a key may be seen, and a great negative number elsewhere; null without masks.
    /// </summary>
    private static KerasTensor? Mask(LayerContext c, KerasTensor scores)
    {
        KerasTensor? mask = null;
        if (c.Argument("attention_mask", 5) is { } given)
        {
            KerasTensor seen = c.Float(given);
            if (seen.Rank == 3) seen = c.ExpandDims(seen, 1, "softmax/ExpandDims");
            mask = c.Binary("Mul", c.Binary("Sub", c.Number("softmax/sub/x", 1), seen, "softmax/sub"), c.Number("softmax/mul/y", Masked),
                "softmax/mul");
        }
        if (!Flag(c, "use_causal_mask")) return mask;
        KerasTensor causal = Causal(c, scores);
        return mask is null ? causal : c.Binary("Minimum", mask, causal, "softmax/Minimum");
    }

    /// <summary>Each query sees the keys up to its own place.</summary>
    private static KerasTensor Causal(LayerContext c, KerasTensor scores)
    {
        int queries = c.Require(scores, scores.Rank - 2, "the number of queries"),
            keys = c.Require(scores, scores.Rank - 1, "the number of keys");
        float[] values = new float[checked(queries * keys)];
        for (int i = 0; i < values.Length; i++) values[i] = i % keys > i / keys ? Masked : 0;
        return c.Numbers("causal_mask", Shape.Of(queries, keys), values);
    }

    private static bool Flag(LayerContext c, string name) =>
        c.Call.Named.TryGetValue(name, out KerasArgument? argument)
            && argument is KerasArgument.Constant { Value.ValueKind: JsonValueKind.True };
}
