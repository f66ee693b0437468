using ModelBuild.Plan;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>Layers that are limited alike.</summary>
internal enum LayerClass
{
    /// <summary>Depthwise convolutions: memory, and instructions other than multiplications.</summary>
    Depthwise,

    /// <summary>Convolutions with a kernel of 1x1 over more than one pixel: multiplications.</summary>
    Pointwise,

    /// <summary>Convolutions with larger kernels: multiplications.</summary>
    Spatial,

    /// <summary>Fully connected ones, and convolutions of a single pixel: reading weights.</summary>
    Dense,

    /// <summary>Those without weights.</summary>
    Other,
}

/// <summary>The time of the layers of a class.</summary>
/// <param name="Class">Which.</param>
/// <param name="Products">Multiplications of a weight and an activation in a call, in all.</param>
/// <param name="Microseconds">In all, of each layer's fastest call.</param>
internal sealed record ClassTime(LayerClass Class, double Products, double Microseconds)
{
    /// <summary>Billions of products a second.</summary>
    public double Rate => Products / Microseconds / 1e3;
}

/// <summary>Names and classes.</summary>
internal static class LayerClasses
{
    /// <summary>For tables.</summary>
    public static string Name(LayerClass kind) => kind switch
    {
        LayerClass.Depthwise => "depthwise convolutions",
        LayerClass.Pointwise => "1x1 convolutions",
        LayerClass.Spatial => "other convolutions",
        LayerClass.Dense => "dense layers",
        _ => "layers without weights",
    };

    /// <summary>The class of a layer of a plan.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="weights">Shape of its weights, if it has some: [outputs, height, width, channels].</param>
    public static LayerClass Of(string kind, IReadOnlyList<int>? weights) =>
        kind.StartsWith("Depthwise", StringComparison.Ordinal) ? LayerClass.Depthwise
        : weights is null ? LayerClass.Other
        : weights.Count < 4 ? LayerClass.Dense
        : weights[1] * weights[2] == 1 ? LayerClass.Pointwise
        : LayerClass.Spatial;

    /// <summary>The sums of layers by class.</summary>
    public static IReadOnlyList<ClassTime> Sum(IEnumerable<(LayerClass Class, double Products, double Microseconds)> layers) =>
    [
        .. layers.GroupBy(layer => layer.Class).OrderBy(kind => kind.Key)
            .Select(kind => new ClassTime(kind.Key, kind.Sum(layer => layer.Products), kind.Sum(layer => layer.Microseconds))),
    ];
}
