using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace ModelBuild.Kernels;

/// <summary>
/// Tensors of levels that a second thread decodes while the model's layers are prepared: from the last on, until it meets the reader, who
/// decodes the others himself and so has to wait once at most. Every tensor, and every error, is the same as without the thread.
/// </summary>
internal sealed class DecodedAhead
{
    private readonly Tensor[] _tensors;
    private readonly Thread _thread;
    private int _next;
    private ExceptionDispatchInfo? _failure;

    private DecodedAhead(WeightBlob blob, ReadOnlySpan<int> tensors)
    {
        _tensors = new Tensor[tensors.Length / 3];
        for (int i = 0; i < _tensors.Length; i++) _tensors[i] = new Tensor(tensors[3 * i], tensors[3 * i + 1], tensors[3 * i + 2]);
        _thread = new Thread(() => Decode(blob)) { IsBackground = true, Name = "ModelBuild" };
    }

    /// <summary>Starts the thread.</summary>
    /// <param name="blob">Where the tensors are.</param>
    /// <param name="tensors">Offset, bytes and number of levels of each, in the order in which they will be read.</param>
    /// <returns>Null where there is no second processor, or no thread to be had.</returns>
    public static DecodedAhead? Start(WeightBlob blob, ReadOnlySpan<int> tensors)
    {
        if (Environment.ProcessorCount == 1) return null;
        try
        {
            DecodedAhead ahead = new(blob, tensors);
            ahead._thread.UnsafeStart();
            return ahead;
        }
        catch (Exception error) when (error is PlatformNotSupportedException or OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Takes the next tensor if it begins at <paramref name="offset"/>, for which it may wait.</summary>
    /// <returns>Its levels; null if nobody has decoded it.</returns>
    public sbyte[]? Take(int offset)
    {
        if (_next == _tensors.Length || _tensors[_next].Offset != offset) return null;
        Tensor tensor = _tensors[_next++];
        if (tensor.TryTake()) return null;
        _thread.Join();
        sbyte[]? levels = tensor.Levels;
        if (levels is null) _failure?.Throw();
        tensor.Levels = null;
        return levels;
    }

    /// <summary>Lets the thread end, and waits for it.</summary>
    public void Stop()
    {
        foreach (Tensor tensor in _tensors) tensor.TryTake();
        _thread.Join();
    }

    private void Decode(WeightBlob blob)
    {
        try
        {
            for (int i = _tensors.Length - 1; i >= 0 && _tensors[i].TryTake(); i--)
            {
                Tensor tensor = _tensors[i];
                tensor.Levels = blob.DecodeLevels(tensor.Offset, tensor.Bytes, tensor.Length);
            }
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }
    }

    private sealed class Tensor(int offset, int bytes, int length)
    {
        private int _taken;

        public int Offset => offset;
        public int Bytes => bytes;
        public int Length => length;
        public sbyte[]? Levels { get; set; }

        /// <summary>True for one of the two who want to decode it.</summary>
        public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;
    }
}
