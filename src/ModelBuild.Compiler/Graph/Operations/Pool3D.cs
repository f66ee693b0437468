namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Pool over a volume: x [n,d,h,w,c] -> [n,od,oh,ow,c].</summary>
/// <param name="Kind">Max or average.</param>
/// <param name="Window">Planes, rows and columns.</param>
/// <param name="Strides">Planes, rows and columns from one window to the next.</param>
/// <param name="Padding">Of planes, rows and columns.</param>
public sealed record Pool3D(
    PoolKind Kind, (int Depth, int Height, int Width) Window, (int Depth, int Height, int Width) Strides, Padding Padding) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        Inference.RequireRank(inputs[0], 5, "the volume");
        if (!x.HasRank) return [(inputs[0].Type, Shape.OfRank(5))];
        ReadOnlySpan<int> window = [Window.Depth, Window.Height, Window.Width];
        return [(inputs[0].Type, Spatial.Window(x, window, [Strides.Depth, Strides.Height, Strides.Width], [1, 1, 1], Padding, x[4]))];
    }
}
