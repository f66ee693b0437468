using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>What lowering derives from a <see cref="ConvolutionShape"/>.</summary>
internal static class ConvolutionShapes
{
    /// <summary>One filter a channel.</summary>
    public static bool IsDepthwise(this ConvolutionShape shape) =>
        shape.Groups == shape.InputChannels && shape.OutputChannels == shape.InputChannels;

    /// <summary>Multiplications with a weight, each with its addition.</summary>
    public static long MultiplyAdds(this ConvolutionShape shape) =>
        (long)shape.OutputPixels * shape.OutputChannels * shape.Taps * shape.GroupInputs;

    /// <summary>The constructor arguments of convolutions that tell their window.</summary>
    public static (string Name, object Value)[] WindowArguments(this ConvolutionShape shape) =>
    [
        ("kernelHeight", shape.KernelHeight), ("kernelWidth", shape.KernelWidth),
        ("strideHeight", shape.StrideHeight), ("strideWidth", shape.StrideWidth),
        ("dilationHeight", shape.DilationHeight), ("dilationWidth", shape.DilationWidth),
        ("padTop", shape.PadTop), ("padLeft", shape.PadLeft),
    ];
}
