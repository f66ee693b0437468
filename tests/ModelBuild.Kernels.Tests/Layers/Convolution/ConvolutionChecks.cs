using System.Runtime.InteropServices;

namespace ModelBuild.Kernels.Tests;

/// <summary>Runs the layers of a <see cref="ConvolutionCase"/> and compares them with the definition.</summary>
internal static class ConvolutionChecks
{
    private const int OutputBorder = 17;
    private const float RangeScale = 0.0123f;

    public static void Int8(ConvolutionCase shape, KernelVariant variant, Placement placement)
    {
        ConvolutionData data = new(shape);
        ConvolutionGeometry geometry = new(shape, data.InputZeroPoint, OutputBorder);
        ConvolutionInt8 layer = new(
            variant, geometry.Input, geometry.Output, data.Weights, data.Bias, data.Multipliers, Window(shape), shape.Groups, shape.Channels,
            data.InputZeroPoint, new Requantization(data.OutputZeroPoint, data.Minimum, data.Maximum));
        Assert.Equal(data.Reference(), Image(layer, KernelRun.InParts(layer.Run, layer.Units), geometry, data, placement));
    }

    public static void DepthwiseInt8(ConvolutionCase shape, KernelVariant variant, Placement placement)
    {
        ConvolutionData data = new(shape);
        ConvolutionGeometry geometry = new(shape, data.InputZeroPoint, OutputBorder);
        DepthwiseInt8 layer = new(
            variant, geometry.Input, geometry.Output, data.Weights, data.Bias, data.Multipliers, Window(shape), shape.Channels,
            data.InputZeroPoint, new Requantization(data.OutputZeroPoint, data.Minimum, data.Maximum));
        Assert.Equal(data.Reference(), Image(layer, KernelRun.InParts(layer.Run, layer.Units), geometry, data, placement));
    }

    /// <summary>The output of the layer as a model makes it, with the variant of the CPU's choice.</summary>
    public static byte[] DispatchedInt8(ConvolutionCase shape)
    {
        ConvolutionData data = new(shape);
        ConvolutionGeometry geometry = new(shape, data.InputZeroPoint, OutputBorder);
        ConvolutionInt8 layer = new(
            geometry.Input, geometry.Output, data.Weights, data.Bias, data.Multipliers, shape.Kernel, shape.Kernel, shape.Stride, shape.Stride,
            shape.Dilation, shape.Dilation, shape.PadTop, shape.PadLeft, shape.Groups, shape.Channels, data.InputZeroPoint,
            data.OutputZeroPoint, data.Minimum, data.Maximum);
        return Image(layer, KernelRun.InParts(layer.Run, layer.Units), geometry, data, Placement.Workspace);
    }

    /// <inheritdoc cref="DispatchedInt8"/>
    public static byte[] DispatchedDepthwiseInt8(ConvolutionCase shape)
    {
        ConvolutionData data = new(shape);
        ConvolutionGeometry geometry = new(shape, data.InputZeroPoint, OutputBorder);
        DepthwiseInt8 layer = new(
            geometry.Input, geometry.Output, data.Weights, data.Bias, data.Multipliers, shape.Kernel, shape.Kernel, shape.Stride, shape.Stride,
            shape.Dilation, shape.Dilation, shape.PadTop, shape.PadLeft, shape.Channels, data.InputZeroPoint, data.OutputZeroPoint,
            data.Minimum, data.Maximum);
        return Image(layer, KernelRun.InParts(layer.Run, layer.Units), geometry, data, Placement.Workspace);
    }

    public static void Hybrid(ConvolutionCase shape, KernelVariant variant, Placement placement)
    {
        ConvolutionData data = new(shape);
        ConvolutionGeometry geometry = new(shape, data.InputZeroPoint, OutputBorder);
        float[] range = [RangeScale, data.InputZeroPoint];
        ConvolutionHybrid layer = new(
            variant, geometry.Input, geometry.FloatOutput, geometry.Range, data.Weights, data.Multipliers, data.RealBias, Window(shape),
            shape.Groups, shape.Channels, data.RealMinimum, data.RealMaximum);
        Assert.Equal(
            data.FloatReference(RangeScale),
            Floats(layer, Parts(range, layer.Run, layer.Units), geometry, data, placement));
    }

    public static void DepthwiseHybrid(ConvolutionCase shape, KernelVariant variant, Placement placement)
    {
        ConvolutionData data = new(shape);
        ConvolutionGeometry geometry = new(shape, data.InputZeroPoint, OutputBorder);
        float[] range = [RangeScale, data.InputZeroPoint];
        DepthwiseHybrid layer = new(
            variant, geometry.Input, geometry.FloatOutput, geometry.Range, data.Weights, data.Multipliers, data.RealBias, Window(shape),
            shape.Channels, data.RealMinimum, data.RealMaximum);
        Assert.Equal(
            data.FloatReference(RangeScale),
            Floats(layer, Parts(range, layer.Run, layer.Units), geometry, data, placement));
    }

    private static KernelRun.Kernel Parts(float[] range, HybridPart part, int units) => KernelRun.InParts(
        (input, output, first, end) => part(input, range, MemoryMarshal.Cast<byte, float>(output), first, end), units);

    private delegate void HybridPart(ReadOnlySpan<byte> input, ReadOnlySpan<float> range, Span<float> output, int first, int end);

    private static ConvolutionWindow Window(ConvolutionCase shape) =>
        new(shape.Kernel, shape.Kernel, shape.Stride, shape.Stride, shape.Dilation, shape.Dilation, shape.PadTop, shape.PadLeft);

    private static byte[] Image(Layer layer, KernelRun.Kernel kernel, ConvolutionGeometry geometry, ConvolutionData data, Placement placement)
    {
        Workspace workspace = Prepare(geometry, data);
        Span<byte> output = workspace.Bytes(geometry.Output);
        if (placement == Placement.Workspace) layer.Run(workspace);
        else output = KernelRun.Guarded(kernel, workspace.Bytes(geometry.Input), output.Length, placement);
        Images.AssertBorder(geometry.Output, output);
        return Images.Read(geometry.Output, output);
    }

    private static float[] Floats(Layer layer, KernelRun.Kernel kernel, ConvolutionGeometry geometry, ConvolutionData data, Placement placement)
    {
        Workspace workspace = Prepare(geometry, data);
        Span<float> output = workspace.Elements(geometry.FloatOutput);
        if (placement == Placement.Workspace) layer.Run(workspace);
        else output = MemoryMarshal.Cast<byte, float>(KernelRun.Guarded(kernel, workspace.Bytes(geometry.Input), output.Length * 4, placement).AsSpan());
        return output.ToArray();
    }

    private static Workspace Prepare(ConvolutionGeometry geometry, ConvolutionData data)
    {
        Workspace workspace = new(geometry.Length);
        Random noise = new(1);
        noise.NextBytes(workspace.Bytes(geometry.Input));
        noise.NextBytes(workspace.Bytes(geometry.Output));
        workspace.Elements(geometry.FloatOutput).Fill(float.NaN);
        workspace.Elements(geometry.Range)[0] = RangeScale;
        workspace.Elements(geometry.Range)[1] = data.InputZeroPoint;
        Images.Write(geometry.Image, workspace.Bytes(geometry.Image), data.Pixels, noise);
        geometry.Split?.Run(workspace);
        return workspace;
    }
}
