using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Short phrases about layers, for generated comments.</summary>
internal static class Phrases
{
    /// <summary>"3x3 depthwise convolution, stride 2, relu6".</summary>
    public static string Of(ConvolutionShape shape, Clamp clamp)
    {
        bool isDense = shape is { Taps: 1, InputHeight: 1, InputWidth: 1, OutputHeight: 1, OutputWidth: 1, Groups: 1 };
        string kernel = Size(shape.KernelHeight, shape.KernelWidth), kind = shape.IsDepthwise() ? "depthwise convolution" : "convolution";
        string what = isDense ? "fully connected" : $"{kernel} {kind}";
        return Join(
            what, Step("stride", shape.StrideHeight, shape.StrideWidth), Step("dilation", shape.DilationHeight, shape.DilationWidth),
            shape.Groups > 1 && !shape.IsDepthwise() ? $"{shape.Groups} groups" : "", clamp.ToString());
    }

    /// <summary>"3x3 max pool, stride 2".</summary>
    public static string Of(string pool, (int Height, int Width) window, (int Height, int Width) strides) =>
        Of(pool, [window.Height, window.Width], [strides.Height, strides.Width]);

    /// <summary>"3x3x3 max pool, stride 2".</summary>
    public static string Of(string what, int[] window, int[] strides) => Join($"{Size(window)} {what}", Step("stride", strides));

    /// <summary>The parts that say something, with commas.</summary>
    public static string Join(params IEnumerable<string> parts) => string.Join(", ", parts.Where(part => part.Length > 0));

    /// <summary>"SquaredDifference" as "squared difference".</summary>
    public static string Words(string name)
    {
        string spaced = string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {c}" : c.ToString()));
        return spaced.ToLowerInvariant();
    }

    /// <summary>"stride 2"; nothing if all steps are 1.</summary>
    public static string Step(string name, params int[] steps) =>
        steps.All(step => step == 1) ? "" : $"{name} {(steps.All(step => step == steps[0]) ? steps[0] : Size(steps))}";

    private static string Size(params int[] window) => string.Join('x', window);
}
