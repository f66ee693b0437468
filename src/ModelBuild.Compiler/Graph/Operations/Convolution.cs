namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Convolution over an NHWC image: x [n,h,w,c], weights [kh,kw,c/groups,out], optional bias [out] -> [n,oh,ow,out]. The number of
/// groups follows from the shapes.
/// </summary>
/// <param name="Strides">Rows and columns from one window to the next.</param>
/// <param name="Dilations">Rows and columns from one tap to the next.</param>
/// <param name="Padding">Of rows and columns, with zeros.</param>
/// <param name="Clamp">Fused activation.</param>
public sealed record Convolution((int Height, int Width) Strides, (int Height, int Width) Dilations, Padding Padding, Clamp Clamp) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs) =>
        [(inputs[0].Type, Spatial.Convolution(
            inputs[0], inputs[1], [Strides.Height, Strides.Width], [Dilations.Height, Dilations.Width], Padding))];
}
