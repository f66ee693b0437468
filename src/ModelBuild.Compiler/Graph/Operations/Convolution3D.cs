namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Convolution over a volume: x [n,d,h,w,c], weights [kd,kh,kw,c/groups,out] -> [n,od,oh,ow,out].</summary>
/// <param name="Strides">Planes, rows and columns from one window to the next.</param>
/// <param name="Dilations">Planes, rows and columns from one tap to the next.</param>
/// <param name="Padding">Of planes, rows and columns, with zeros.</param>
public sealed record Convolution3D(
    (int Depth, int Height, int Width) Strides, (int Depth, int Height, int Width) Dilations, Padding Padding) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs) =>
        [(inputs[0].Type, Spatial.Convolution(
            inputs[0], inputs[1], [Strides.Depth, Strides.Height, Strides.Width],
            [Dilations.Depth, Dilations.Height, Dilations.Width], Padding))];
}
