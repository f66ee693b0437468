using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The working memory of one call: a pinned block, aligned to 64 bytes, in which every value of the model has its place. A
/// workspace serves one call at a time.
/// </summary>
internal sealed class Workspace : IDividedWork
{
    private const int Alignment = 64;
    private readonly byte[] _block;
    private readonly int _start;
    private readonly int _length;
    private DividedLayer? _divided;

    /// <param name="length">Bytes of the arena, as planned.</param>
    /// <param name="threads">Threads that may work on a layer together, the caller's among them.</param>
    public Workspace(int length, int threads = 1)
    {
        _length = length;
        Threads = threads;
        _block = GC.AllocateUninitializedArray<byte>(length + Alignment, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_block, 0);
        _start = (int)((Alignment - address % Alignment) % Alignment);
    }

    /// <summary>Threads that may work on a layer together, the caller's among them.</summary>
    public int Threads { get; }

    /// <summary>The bytes of an image buffer.</summary>
    public Span<byte> Bytes(ImageBuffer buffer) => MemoryMarshal.CreateSpan(ref Place(buffer.Offset, buffer.Bytes), buffer.Bytes);

    /// <summary>The elements of a flat buffer; those of a constant are the same in all workspaces.</summary>
    public Span<T> Elements<T>(FlatBuffer<T> buffer) => buffer.Values is { } values
        ? values
        : MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Place(buffer.Offset, buffer.Length * Unsafe.SizeOf<T>())), buffer.Length);

    /// <summary>Runs a layer by several threads.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="mostParts">Parts that are worth being taken by a thread of their own.</param>
    /// <returns>False, and nothing was done, if the threads are busy with another call.</returns>
    public bool TryDivide(DividedLayer layer, int mostParts)
    {
        _divided = layer;
        return ThreadTeam.Shared.TryRun(this, layer.Units, mostParts, Threads);
    }

    void IDividedWork.Run(int first, int end) => _divided!.Run(this, first, end);

    private ref byte Place(int offset, int bytes)
    {
        if ((uint)offset > (uint)_length || (uint)bytes > (uint)(_length - offset)) throw new ArgumentOutOfRangeException(nameof(offset));
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_block), _start + offset);
    }
}
