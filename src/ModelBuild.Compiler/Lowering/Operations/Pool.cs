using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Reference.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Pool"/>.</summary>
internal static class PoolLowering
{
    public static void Lower(LoweringContext context, Node node, Pool pool)
    {
        (Value x, Value output) = (node.Inputs[0], node.Output);
        SpatialWindow window = SpatialWindow.Of(pool);
        bool isPlain = x.Type != DataType.Float32 || x.Shape.Count == 0 || output.Shape.Count == 0 || !window.AlwaysMeets(x.Shape);
        bool isWhole = pool.Window.Height == x.Shape[1] && pool.Window.Width == x.Shape[2] && output.Shape[1] == 1 && output.Shape[2] == 1;
        if (isPlain) SpatialLayers.Pool(context, node, window, pool.Kind);
        else if (!context.AreImages(x, output)) LowerFloat(context, node, pool);
        else if (pool.Kind == PoolKind.Max) LowerMax(context, node, pool);
        else if (isWhole) GlobalPool.Mean(context, node, x, output);
        else LowerAverage(context, node, pool);
    }

    private static void LowerMax(LoweringContext context, Node node, Pool pool)
    {
        ImageDraft input = context.Image(node.Inputs[0]);
        ImageDraft output = KeptQuantization.NewImage(context, node, ImageShape.Of(node.Output.Shape)!.Value);
        context.Add(Layer(node, pool, nameof(MaxPoolInt8), input, output));
        KeptQuantization.Finish(context, node, output);
    }

    private static void LowerAverage(LoweringContext context, Node node, Pool pool)
    {
        ActivationQuantization from = context.Quantization(node.Inputs[0]), to = context.Quantization(node.Output);
        ImageDraft input = context.Image(node.Inputs[0]), output = context.NewImage(node.Output);
        context.Add(Layer(
            node, pool, nameof(AveragePoolInt8), input, output,
            ("multiplier", from.Scale / to.Scale), ("inputZeroPoint", from.ZeroPoint), ("outputZeroPoint", to.ZeroPoint)));
    }

    private static void LowerFloat(LoweringContext context, Node node, Pool pool)
    {
        string kind = pool.Kind == PoolKind.Max ? nameof(MaxPoolFloat) : nameof(AveragePoolFloat);
        FlatDraft batch = FloatConvolution.Floats(context, node, 0);
        Batches.Lower(context, batch, context.NewFlat(node.Output), (input, output) => Layer(node, pool, kind, input, output));
    }

    private static LayerDraft Layer(
        Node node, Pool pool, string kind, BufferDraft input, BufferDraft output, params (string, object)[] arguments)
    {
        Shape x = node.Inputs[0].Shape;
        string what = pool.Kind == PoolKind.Max ? "max pool" : "average pool";
        return new LayerDraft(kind, node.Name, Phrases.Of(what, pool.Window, pool.Strides))
        {
            Arguments =
            [
                ("input", input), ("output", output), ("windowHeight", pool.Window.Height), ("windowWidth", pool.Window.Width),
                ("strideHeight", pool.Strides.Height), ("strideWidth", pool.Strides.Width),
                ("padTop", pool.Padding.Resolve(0, x[1], pool.Window.Height, pool.Strides.Height).Before),
                ("padLeft", pool.Padding.Resolve(1, x[2], pool.Window.Width, pool.Strides.Width).Before), .. arguments,
            ],
        };
    }
}
