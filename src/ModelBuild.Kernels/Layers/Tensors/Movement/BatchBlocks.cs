using System;

namespace ModelBuild.Kernels;

/// <summary>
/// How one place of the blocks lies in both arrays of <see cref="SpaceToBatch"/> and <see cref="BatchToSpace"/>: element i of its
/// batches is pixel i * block + place - padding of the space, where that is inside.
/// </summary>
internal ref struct BatchBlocks
{
    private readonly ReadOnlySpan<int> _space;
    private readonly ReadOnlySpan<int> _batch;

    /// <param name="space">Shape of the array whose spatial axes are whole.</param>
    /// <param name="batch">Shape of the array that holds the blocks in its batch axis.</param>
    /// <param name="scratch">Three times as many elements as there are axes.</param>
    public BatchBlocks(ReadOnlySpan<int> space, ReadOnlySpan<int> batch, Span<int> scratch)
    {
        int rank = space.Length;
        _space = space;
        _batch = batch;
        Box = scratch.Slice(0, rank);
        SpaceStrides = scratch.Slice(rank, rank);
        BatchStrides = scratch.Slice(2 * rank, rank);
        SpaceStart = 0;
        BatchStart = 0;
    }

    /// <summary>Size of what both arrays share.</summary>
    public Span<int> Box { get; }

    /// <summary>Steps in the whole array.</summary>
    public Span<int> SpaceStrides { get; }

    /// <summary>Steps in the array of blocks.</summary>
    public Span<int> BatchStrides { get; }

    /// <summary>First element in the whole array.</summary>
    public int SpaceStart { get; private set; }

    /// <summary>First element in the array of blocks.</summary>
    public int BatchStart { get; private set; }

    /// <summary>Turns to one place.</summary>
    /// <param name="place">Row-major number of the place in the block.</param>
    /// <param name="block">Size of the blocks along each spatial axis.</param>
    /// <param name="margins">[spatial axes][2]: padding or crop.</param>
    public void Locate(int place, ReadOnlySpan<int> block, ReadOnlySpan<int> margins)
    {
        _space.CopyTo(Box);
        Shapes.Strides(_space, SpaceStrides);
        Shapes.Strides(_batch, BatchStrides);
        SpaceStart = 0;
        BatchStart = place * _space[0] * BatchStrides[0];
        for (int entry = block.Length - 1; entry >= 0; entry--)
        {
            int axis = entry + 1;
            int step = block[entry];
            int shift = place % step - margins[2 * entry];
            place /= step;
            int first = shift >= 0 ? 0 : (-shift + step - 1) / step;
            int end = Math.Min(_batch[axis], (_space[axis] - shift + step - 1) / step);
            Box[axis] = Math.Max(0, end - first);
            BatchStart += first * BatchStrides[axis];
            SpaceStart += (first * step + shift) * SpaceStrides[axis];
            SpaceStrides[axis] *= step;
        }
    }
}
