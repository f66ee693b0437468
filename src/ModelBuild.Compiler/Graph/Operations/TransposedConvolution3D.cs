namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Transposed convolution, the gradient of a <see cref="Convolution3D"/> by its volume: x [n,od,oh,ow,in], weights
/// [kd,kh,kw,out/groups,in], size (integers: n, d, h, w, out) -> a volume of that shape.
/// </summary>
/// <param name="Strides">Of the convolution: planes, rows and columns of the result to one of x.</param>
/// <param name="Dilations">Of the convolution: planes, rows and columns of the result from one tap to the next.</param>
/// <param name="Padding">Of the convolution: what is cut off from the result.</param>
public sealed record TransposedConvolution3D(
    (int Depth, int Height, int Width) Strides, (int Depth, int Height, int Width) Dilations, Padding Padding) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs) =>
        [(inputs[0].Type, Spatial.Transposed(
            inputs[0], inputs[1], inputs[2], [Strides.Depth, Strides.Height, Strides.Width],
            [Dilations.Depth, Dilations.Height, Dilations.Width], Padding))];
}
