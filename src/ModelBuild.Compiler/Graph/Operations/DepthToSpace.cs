namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Moves channels into blocks of pixels: x [n,h,w,c*b*b] -> [n,h*b,w*b,c], the inverse of <see cref="SpaceToDepth"/>.</summary>
/// <param name="BlockSize">Side b of a block.</param>
public sealed record DepthToSpace(int BlockSize) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(BlockSize > 1, $"a block of {BlockSize} pixels is too small.");
        Inference.RequireRank(inputs[0], 4, "the image");
        if (!inputs[0].Shape.HasRank) return [(inputs[0].Type, Shape.OfRank(4))];
        Shape x = inputs[0].Shape;
        int block = checked(BlockSize * BlockSize);
        Inference.Require(x[3] == Shape.Unknown || x[3] % block == 0,
            $"{x[3]} channels are not whole blocks of {BlockSize} x {BlockSize}.");
        return [(inputs[0].Type, Shape.Of(x[0], Pixels(x[1]), Pixels(x[2]), x[3] == Shape.Unknown ? x[3] : x[3] / block))];
    }

    private int Pixels(int blocks) => blocks == Shape.Unknown ? blocks : checked(blocks * BlockSize);
}
