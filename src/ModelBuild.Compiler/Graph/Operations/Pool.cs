namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>What a pool makes of its window.</summary>
public enum PoolKind
{
    /// <summary>The greatest value; pixels outside never win.</summary>
    Max,

    /// <summary>The mean of the pixels that lie inside.</summary>
    Average,
}

/// <summary>Pool over an NHWC image: x [n,h,w,c] -> [n,oh,ow,c].</summary>
/// <param name="Kind">Max or average.</param>
/// <param name="Window">Rows and columns.</param>
/// <param name="Strides">Rows and columns from one window to the next.</param>
/// <param name="Padding">Of rows and columns.</param>
public sealed record Pool(PoolKind Kind, (int Height, int Width) Window, (int Height, int Width) Strides, Padding Padding) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireRank(inputs[0], 4, "the image");
        Shape x = inputs[0].Shape;
        return [(inputs[0].Type, x.HasRank ? Spatial.Window(x, Window, Strides, (1, 1), Padding, x[3]) : x)];
    }
}
