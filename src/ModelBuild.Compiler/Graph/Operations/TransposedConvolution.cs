namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Transposed convolution, the gradient of a <see cref="Convolution"/> by its image: x [n,oh,ow,in], weights [kh,kw,out/groups,in],
/// size (integers: n, h, w, out) -> an image of that shape. Only the size decides the shape: several have a convolution like x.
/// </summary>
/// <param name="Strides">Of the convolution: rows and columns of the result to one of x.</param>
/// <param name="Dilations">Of the convolution: rows and columns of the result from one tap to the next.</param>
/// <param name="Padding">Of the convolution: what is cut off from the result.</param>
public sealed record TransposedConvolution((int Height, int Width) Strides, (int Height, int Width) Dilations, Padding Padding) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs) =>
        [(inputs[0].Type, Spatial.Transposed(
            inputs[0], inputs[1], inputs[2], [Strides.Height, Strides.Width], [Dilations.Height, Dilations.Width], Padding))];
}
