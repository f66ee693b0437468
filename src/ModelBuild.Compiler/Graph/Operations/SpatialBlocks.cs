namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Blocks and margins of <see cref="SpaceToBatch"/> and <see cref="BatchToSpace"/>, as far as they are known.</summary>
/// <param name="Block">Size of the blocks along each spatial axis.</param>
/// <param name="Margins">Elements before and after each spatial axis, in pairs.</param>
internal sealed record SpatialBlocks(long?[] Block, long?[] Margins)
{
    /// <summary>Number of spatial axes.</summary>
    public int Count => Block.Length;

    /// <summary>Elements of a block; null where it is computed.</summary>
    public int? Places => Block.Aggregate((int?)1, (product, size) => checked(product * (int?)size));

    /// <summary>Block, and elements before and after, of a spatial axis.</summary>
    public (int? Block, int? Before, int? After) this[int axis] => ((int?)Block[axis], (int?)Margins[2 * axis], (int?)Margins[2 * axis + 1]);

    /// <summary>Those that an operation's inputs 1 and 2 give; null where not even their number is known.</summary>
    public static SpatialBlocks? Of(IReadOnlyList<Value> inputs)
    {
        if (Inference.KnownIntegers(inputs[1]) is not { } block) return null;
        long?[] margins = Inference.KnownIntegers(inputs[2]) ?? new long?[2 * block.Length];
        Inference.Require(block.Length < inputs[0].Shape.Rank && margins.Length == 2 * block.Length,
            $"a block of {block.Length} axes and {margins.Length} margins do not fit the shape {inputs[0].Shape}.");
        Inference.Require(block.All(size => size is null or >= 1) && margins.All(size => size is null or >= 0), "a block or a margin is negative.");
        return new SpatialBlocks(block, margins);
    }

    /// <summary>A dimension times a factor, unknown where either is.</summary>
    public static int Scale(int dimension, int? factor) =>
        dimension == Shape.Unknown || factor is null ? Shape.Unknown : checked(dimension * factor.Value);
}
