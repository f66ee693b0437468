namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Max pool over an NHWC image that also says where: x [n,h,w,c] -> maxima and positions, both [n,oh,ow,c]; a position is the row-major
/// number of the element in its image, the first of equals.
/// </summary>
/// <param name="Window">Rows and columns.</param>
/// <param name="Strides">Rows and columns from one window to the next.</param>
/// <param name="Padding">Of rows and columns.</param>
/// <param name="IncludeBatch">Positions count from the first image of the batch.</param>
/// <param name="IndexType">int32 or int64.</param>
public sealed record MaxPoolArgmax(
    (int Height, int Width) Window, (int Height, int Width) Strides, Padding Padding, bool IncludeBatch, DataType IndexType) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        Inference.RequireRank(inputs[0], 4, "the image");
        Inference.Require(IndexType is DataType.Int32 or DataType.Int64, $"positions cannot be {IndexType}.");
        Shape output = x.HasRank ? Spatial.Window(x, Window, Strides, (1, 1), Padding, x[3]) : Shape.OfRank(4);
        return [(inputs[0].Type, output), (IndexType, output)];
    }
}
