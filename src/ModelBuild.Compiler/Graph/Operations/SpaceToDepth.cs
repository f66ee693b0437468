namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Moves blocks of pixels into channels: x [n,h,w,c] -> [n,h/b,w/b,c*b*b], the place in the block being the slower part.</summary>
/// <param name="BlockSize">Side b of a block.</param>
public sealed record SpaceToDepth(int BlockSize) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(BlockSize > 1, $"a block of {BlockSize} pixels is too small.");
        Inference.RequireRank(inputs[0], 4, "the image");
        if (!inputs[0].Shape.HasRank) return [(inputs[0].Type, Shape.OfRank(4))];
        Shape x = inputs[0].Shape;
        int channels = x[3] == Shape.Unknown ? x[3] : checked(x[3] * BlockSize * BlockSize);
        return [(inputs[0].Type, Shape.Of(x[0], Blocks(x[1]), Blocks(x[2]), channels))];
    }

    private int Blocks(int pixels)
    {
        Inference.Require(pixels == Shape.Unknown || pixels % BlockSize == 0, $"{pixels} pixels are not whole blocks of {BlockSize}.");
        return pixels == Shape.Unknown ? pixels : pixels / BlockSize;
    }
}
