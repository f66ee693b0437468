namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Scaling and moving of NHWC images with a sampling kernel: x [n,h,w,c], size (integers: height, width), scale and translation (float32,
/// of rows and columns) -> float32 [n,height,width,c].
/// </summary>
/// <param name="Kernel">A name of the kernels' SamplingKernel.</param>
/// <param name="Antialias">Where the image shrinks the kernel grows.</param>
public sealed record ScaleAndTranslate(string Kernel, bool Antialias) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        foreach (Value pair in inputs.Skip(2))
        {
            Inference.RequireType(pair, DataType.Float32, "scale or translation");
            Inference.RequireRank(pair, 1, "scale or translation");
            if (pair.Shape.HasRank) Inference.Merge(pair.Shape[0], 2, "numbers of a scale or translation");
        }
        return [(DataType.Float32, Resize.Output(inputs[0], inputs[1]))];
    }
}
