namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Convolutions over one, two and three dimensions.</summary>
internal static class ConvolutionLayer
{
    public static KerasTensor Write(LayerContext c)
    {
        SpatialSettings settings = new(c, "kernel_size");
        int filters = c.Config.Integer("filters"), groups = c.Config.Integer("groups", 1);
        KerasTensor x = settings.Enter();
        if (groups < 1 || x.Channels % groups != 0) throw c.Unsupported($"{x.Channels} channels do not divide into {groups} groups.");
        KerasTensor kernel = settings.Kernel(c.Weights.Take("kernel", [.. settings.Window, x.Channels / groups, filters]), "ExpandDims_1");
        string operation = settings.Rank == 3 ? "Conv3D" : "Conv2D";
        KerasTensor y = c.Add(operation, operation, settings.Output(x, filters), [x, kernel],
            [.. settings.Attributes, settings.DilationAttribute]);
        y = c.Bias(y, c.Weights.TakeIf(c.Config.Flag("use_bias", true), "bias", filters));
        return settings.Leave(Activations.Apply(c, y));
    }
}
