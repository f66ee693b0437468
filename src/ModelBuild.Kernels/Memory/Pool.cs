using System;
using System.Threading;

namespace ModelBuild.Kernels;

/// <summary>
/// Objects between calls. Renting and returning take no lock and, once as many objects exist as calls run at a time, allocate nothing.
/// </summary>
/// <typeparam name="T">What calls work in.</typeparam>
internal sealed class Pool<T> where T : class
{
    private readonly Func<T> _create;
    private readonly T?[] _others = new T?[Math.Max(1, 2 * Environment.ProcessorCount - 1)];
    private T? _first;

    /// <param name="create">Makes another one.</param>
    public Pool(Func<T> create) => _create = create;

    /// <summary>One that nobody else has. One that is never returned is merely lost to the pool.</summary>
    public T Rent()
    {
        if (TryTake(ref _first) is { } first) return first;
        foreach (ref T? place in _others.AsSpan())
            if (TryTake(ref place) is { } other) return other;
        return _create();
    }

    /// <summary>Gives one back; where all places are taken it is left to the garbage collector.</summary>
    public void Return(T item)
    {
        if (TryPut(ref _first, item)) return;
        foreach (ref T? place in _others.AsSpan())
            if (TryPut(ref place, item)) return;
    }

    private static T? TryTake(ref T? place)
    {
        T? seen = Volatile.Read(ref place);
        return seen is not null && Interlocked.CompareExchange(ref place, null, seen) == seen ? seen : null;
    }

    private static bool TryPut(ref T? place, T item) =>
        Volatile.Read(ref place) is null && Interlocked.CompareExchange(ref place, item, null) is null;
}
