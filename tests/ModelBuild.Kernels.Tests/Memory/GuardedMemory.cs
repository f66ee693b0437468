using System.Runtime.InteropServices;

namespace ModelBuild.Kernels.Tests;

/// <summary>Pages between two that must not be touched: a kernel that reads or writes outside its buffer ends the process. Linux.</summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private readonly byte* _pages;
    private readonly int _inner;
    private readonly int _length;

    /// <param name="length">Bytes of the buffer.</param>
    public GuardedMemory(int length)
    {
        int page = Environment.SystemPageSize;
        _length = length;
        _inner = (length + page - 1) / page * page;
        _pages = Map(null, (nuint)(_inner + 2 * page), ReadWrite, PrivateAnonymous, -1, 0);
        if (_pages == (byte*)-1 || Protect(_pages, (nuint)page, 0) != 0 || Protect(_pages + page + _inner, (nuint)page, 0) != 0)
            throw new InvalidOperationException($"Guard pages failed with error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>A buffer that ends where the upper guard begins.</summary>
    public Span<byte> AtEnd => new(_pages + Environment.SystemPageSize + _inner - _length, _length);

    /// <summary>A buffer that begins where the lower guard ends.</summary>
    public Span<byte> AtStart => new(_pages + Environment.SystemPageSize, _length);

    public void Dispose() => Unmap(_pages, (nuint)(_inner + 2 * Environment.SystemPageSize));

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* Map(byte* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(byte* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(byte* address, nuint length);
}
