using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports pools.</summary>
internal static class PoolImport
{
    public static Value Max(ImportContext context) =>
        Import(context, PoolKind.Max, context.Attributes.Integers("ksize"), context.Attributes.Integers("strides"));

    /// <summary>MaxPoolV2: window and strides are inputs.</summary>
    public static Value MaxOfInputs(ImportContext context) =>
        Import(context, PoolKind.Max, Numbers(context, 1, "the window"), Numbers(context, 2, "the strides"));

    public static Value Average(ImportContext context) =>
        Import(context, PoolKind.Average, context.Attributes.Integers("ksize"), context.Attributes.Integers("strides"));

    public static Value MaxVolume(ImportContext context) => Volume(context, PoolKind.Max);

    public static Value AverageVolume(ImportContext context) => Volume(context, PoolKind.Average);

    public static IReadOnlyList<Value> WithArgmax(ImportContext context)
    {
        Layout layout = new(context);
        MaxPoolArgmax pool = new(
            layout.Pair("ksize"), layout.Pair("strides"), layout.Padding(), context.Attributes.Boolean("include_batch_in_index", false),
            context.Attributes.Type("Targmax", DataType.Int64));
        return context.AddAll(pool, context[0]);
    }

    private static Value Import(ImportContext context, PoolKind kind, int[] window, int[] strides)
    {
        Layout layout = new(context);
        if (kind == PoolKind.Max && window is [1, _, _, _] && layout.ChannelsLast(window) is [_, 1, 1, > 1 and var depth])
            return layout.Out(OverChannels(context, layout, depth, layout.ChannelsLast(strides)));
        Pool pool = new(kind, layout.RowsAndColumns("ksize", window), layout.RowsAndColumns("strides", strides), layout.Padding());
        return layout.Out(context.Add(pool, layout.In(context[0])));
    }

    /// <summary>TensorFlow pools over channels only group by group: each group becomes a row of a reduction.</summary>
    private static Value OverChannels(ImportContext context, Layout layout, int depth, int[] strides)
    {
        layout.Padding();
        Value x = layout.In(context[0]);
        if (strides.Length != 4 || strides[1] != 1 || strides[2] != 1 || strides[3] != depth || !x.Shape.HasRank || x.Shape[3] % depth != 0)
        {
            string numbers = string.Join(",", strides);
            throw context.Unsupported($"a window of {depth} channels of {x.Shape} with strides [{numbers}] does not divide them into groups.");
        }
        Value grouped = context.AddStep("groups", new Reshape(), x, context.Constant([.. x.Shape.Dimensions[..3], x.Shape[3] / depth, depth]));
        return context.Add(new Reduce(ReduceKind.Maximum, false), grouped, context.Constant(4));
    }

    private static Value Volume(ImportContext context, PoolKind kind)
    {
        Layout layout = new(context);
        Pool3D pool = new(kind, layout.Triple("ksize"), layout.Triple("strides"), layout.Padding());
        return layout.Out(context.Add(pool, layout.In(context[0])));
    }

    private static int[] Numbers(ImportContext context, int index, string what) =>
        Inference.Integers(Value.Of(what, context.RequireConstant(index, what)))!;
}
