using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Pools over windows and over whole images.</summary>
internal static class PoolLayers
{
    public static KerasTensor Max(LayerContext c) => Window(c, "MaxPool");

    public static KerasTensor Average(LayerContext c) => Window(c, "AvgPool");

    public static KerasTensor GlobalMax(LayerContext c) => Global(c, "Max");

    public static KerasTensor GlobalAverage(LayerContext c) => Global(c, "Mean");

    private static KerasTensor Window(LayerContext c, string operation)
    {
        // The stride is by default the window.
        int rank = c.Input.Rank - 2;
        Inference.Require(rank is >= 1 and <= 3, $"the input has the shape {c.Input.Shape}.");
        SpatialSettings settings = new(c, "pool_size", c.Config.Spatial("pool_size", rank, 2));
        KerasTensor x = settings.Enter();
        if (settings.Rank == 3) operation += "3D";
        return settings.Leave(c.Add(operation, operation, settings.Output(x, x.Channels), [x],
            [("ksize", GraphParts.Integers(settings.Full(settings.Window))), .. settings.Attributes]));
    }

    private static KerasTensor Global(LayerContext c, string operation)
    {
        KerasTensor x = c.Input;
        int first = c.ChannelsFirst ? 2 : 1;
        return c.Reduce(operation, x, c.Config.Flag("keepdims", false), operation, [.. Enumerable.Range(first, x.Rank - 2)]);
    }
}
